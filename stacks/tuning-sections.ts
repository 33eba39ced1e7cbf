import { z } from "zod";
import { nearestName } from "../components/nearest-name.ts";
import { field, number, untouched, whole } from "./section.ts";
import type { TuningScale, TuningStrategy } from "./tuning-config.ts";

const strategies: readonly TuningStrategy[] = ["Bayesian", "Random", "Hyperband"];
const scales: readonly TuningScale[] = ["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"];

/** Most training jobs that SageMaker grants a tuning job: of random search on request, of the other strategies 750. */
const mostJobs = 10_000;

/** Keys, limits and defaults of `tuning`. What depends on more than one key is in the checks beside this. */
export const tuningSection = {
  metric: field(
    z.string().min(1).max(255).optional(),
    "the name of a metric that training reports",
    "write one, or leave it out",
  ),
  strategy: field(
    z.enum(strategies),
    `${strategies.join(", ")}; Grid would try every combination, and of listed values alone`,
    (received) =>
      `write ${nearest(received, strategies) ?? "Random, or leave it out for Bayesian"}`,
  ).default("Bayesian"),
  maxJobs: whole("training jobs", 1, mostJobs, "SageMaker's limit").default(20),
  maxParallelJobs: whole("training jobs", 1, 100, "SageMaker's limit").default(2),
  earlyStopping: field(z.enum(["Auto", "Off"]), "Auto or Off", "write Auto or Off").default("Off"),
  hyperband: untouched,
  ranges: untouched,
};

/** Most iterations that Hyperband lets a training job have. */
export const maxResource = 20_000;

export const hyperbandSection = {
  minResource: whole("iterations", 1, maxResource, "SageMaker's limit").default(1),
  maxResource: whole("iterations", 1, maxResource, "SageMaker's limit").optional(),
};

const bound = (what: string) => field(number, `${what}: a number`, "write a number");

export const numberRangeSection = {
  min: bound("the least value"),
  max: bound("the greatest value"),
  scale: field(
    z.enum(scales),
    `${scales.join(", ")}`,
    (received) => `write ${nearest(received, scales) ?? "one of these, or leave it out for Auto"}`,
  ).optional(),
};

function nearest(received: unknown, known: readonly string[]): string | undefined {
  return typeof received === "string" ? nearestName(received, known) : undefined;
}
