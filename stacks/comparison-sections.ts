import { z } from "zod";
import type { ComparisonTask } from "../components/comparison-metrics.ts";
import { maxPredictedRows } from "../components/max-predicted-rows.ts";
import { nearestName } from "../components/nearest-name.ts";
import { endpointSection, flag } from "./pipeline-sections.ts";
import { field, number, numberOf, whole } from "./section.ts";

/** Keys, limits and defaults of a comparison's sections. What depends on more than one key is in the checks beside this. */

const tasks: readonly ComparisonTask[] = ["regression", "binary", "multiclass"];

/** Ends of what the seed of a generator of 32 bits may be. */
const mostSeed = 2_147_483_647;
const seed = field(
  number.pipe(z.int().min(0).max(mostSeed)),
  `a whole number, 0 to ${mostSeed}`,
  "write one, or leave it out for 1",
).default(1);

export const comparisonSection = {
  task: field(
    z.enum(tasks),
    "what is predicted: regression (a number), binary (class 0 or 1) or multiclass (classes 0, 1, 2, ...)",
    (received) => {
      const nearest = typeof received === "string" ? nearestName(received, tasks) : undefined;
      return nearest === undefined ? "write one of the three" : `write ${nearest}`;
    },
  ),
  metric: field(
    z.string().min(1).optional(),
    "the name of a score",
    "write one, such as rmse, or leave it out",
  ),
  margin: field(
    number.pipe(z.number().min(0)),
    "a number, 0 at least",
    "write one, such as 0.1",
  ).default(0),
  maxConcurrency: whole("candidates at a time", 1, 20, "there are no more").default(2),
  accumulate: flag(false),
};

const percent = (fallback: number) =>
  whole("percent", 1, 98, "each split gets one").default(fallback);

export const splitSection = {
  train: percent(70),
  validation: percent(15),
  test: percent(15),
  seed,
};

/** Fewest rows whose resamples say something of the model rather than of the rows. */
const fewestSamples = 30;
const samplesRule = `all, or a whole number of test rows, ${fewestSamples} to ${maxPredictedRows}: intervals of fewer say little`;

export const evaluationSection = {
  by: field(
    z.enum(["endpoint", "batch"]),
    "endpoint (live requests) or batch (batch transform)",
    "write endpoint or batch",
  ).default("endpoint"),
  samples: field(
    z.union([z.literal("all"), number.pipe(z.int().min(fewestSamples).max(maxPredictedRows))]),
    samplesRule,
    (received) => {
      const given = numberOf(received);
      if (given < fewestSamples) return `raise it to ${fewestSamples} at least`;
      return given > maxPredictedRows
        ? `lower it to ${maxPredictedRows} at most`
        : "write all, or a number";
    },
  ).default("all"),
  resamples: whole("resamples", 100, 10_000, "more take long and tell little").default(1000),
  confidence: field(
    number.pipe(z.number().min(0.5).max(0.999)),
    "how sure intervals are to hold, 0.5 to 0.999",
    (received) =>
      numberOf(received) > 1 && numberOf(received) < 100
        ? `write ${numberOf(received) / 100}`
        : "write such a number, or leave it out for 0.95",
  ).default(0.95),
  seed,
};

export const candidateEndpointSection = { timeoutMinutes: endpointSection.timeoutMinutes };

export const promotionSection = {
  enabled: flag(false),
  threshold: field(
    number.optional(),
    "a number that the winner's score is compared with",
    "write a number, or leave it out",
  ),
};
