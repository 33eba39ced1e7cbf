import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import { effectiveValue } from "../components/algorithms/condition.ts";
import { whyNotByIteration } from "./check-tuning-limits.ts";
import type { Problem } from "./config-error.ts";
import { readSection } from "./section.ts";
import type { TuningConfig } from "./tuning-config.ts";
import { hyperbandSection, maxResource as mostResource } from "./tuning-sections.ts";

type Read = Partial<Pick<TuningConfig, "strategy">> & { metric: string };

/**
 * How many iterations Hyperband may give a training job: up to what config fixes for all, since SageMaker finds no such
 * number under the names that some algorithms have for it.
 *
 * @param path of the section `tuning`
 */
export function readHyperband(
  run: TrainingRun,
  { strategy, metric }: Read,
  raw: unknown,
  path: string,
  problems: Problem[],
): TuningConfig["hyperband"] {
  const place = `${path}.hyperband`;
  if (strategy !== "Hyperband") {
    if (strategy !== undefined && raw !== undefined && raw !== null) {
      const rule = `for strategy Hyperband, not ${strategy}`;
      problems.push({ path: place, received: raw, rule, remedy: "remove it" });
    }
    return undefined;
  }
  const refuse = (where: string, received: unknown, rule: string, remedy: string) => {
    problems.push({ path: where, received, rule, remedy });
    return undefined;
  };
  const why = whyNotByIteration(run.algorithm, metric);
  const counted = run.algorithm.tuning?.iterations?.hyperparameter;
  if (why !== undefined || counted === undefined) {
    const others = run.algorithm.tuning?.iterations?.metrics?.join(" or ");
    const remedy = `write strategy: Bayesian${others === undefined ? "" : `, or metric: "${others}"`}`;
    return refuse(`${path}.strategy`, strategy, `Hyperband ${why}`, remedy);
  }
  const before = problems.length;
  const read = readSection(hyperbandSection, raw, place, problems);
  if (problems.length > before) return undefined;
  const { minResource = 1 } = read;
  const fixed = Number(effectiveValue(run, counted));
  const maxResource = read.maxResource ?? fixed;
  if (!Number.isInteger(maxResource)) {
    const rule = `required: the most iterations (${counted}) of a training job`;
    return refuse(
      `${place}.maxResource`,
      undefined,
      rule,
      `fix training.hyperparameters.${counted}`,
    );
  }
  if (maxResource > mostResource || maxResource > fixed) {
    const most = Math.min(mostResource, fixed);
    const rule = `at most ${most}: ${fixed < mostResource ? `${counted} ends training there` : "SageMaker's limit"}`;
    return refuse(`${place}.maxResource`, maxResource, rule, `lower it to ${most} at most`);
  }
  if (minResource > maxResource) {
    const rule = `at most maxResource (${maxResource})`;
    return refuse(`${place}.minResource`, minResource, rule, "lower it");
  }
  return { minResource, maxResource };
}
