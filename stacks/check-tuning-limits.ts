import type { Algorithm } from "../components/algorithms/algorithm.ts";
import type { Report } from "./config-report.ts";
import type { TuningConfig } from "./tuning-config.ts";

type Read = Partial<
  Pick<TuningConfig, "strategy" | "maxJobs" | "maxParallelJobs" | "earlyStopping">
> & {
  metric: string;
};

/** SageMaker's limit for strategies other than random search. */
const mostJobs = 750;

/** Training jobs at a time that a tuning job may have without asking AWS for more. */
const usualParallelJobs = 10;

/** How many training jobs a strategy may have, how many at a time, and whether they can be stopped early. */
export function checkTuningLimits(
  algorithm: Algorithm,
  { strategy, maxJobs, maxParallelJobs, earlyStopping, metric }: Read,
  path: string,
  { problems, warnings }: Report,
) {
  if (maxJobs !== undefined && maxJobs > mostJobs) {
    if (strategy === "Random") {
      const message = `SageMaker lets random search have ${mostJobs} training jobs unless AWS raised the account's quota`;
      warnings.push({ path: `${path}.maxJobs`, message });
    } else if (strategy !== undefined) {
      const rule = `at most ${mostJobs} with strategy ${strategy}, SageMaker's limit`;
      const remedy = `lower it to ${mostJobs} at most`;
      problems.push({ path: `${path}.maxJobs`, received: maxJobs, rule, remedy });
    }
  }
  if (maxJobs !== undefined && maxParallelJobs !== undefined && maxParallelJobs > maxJobs) {
    problems.push({
      path: `${path}.maxParallelJobs`,
      received: maxParallelJobs,
      rule: `at most maxJobs (${maxJobs})`,
      remedy: `lower it to ${maxJobs} at most, or raise maxJobs`,
    });
  } else if (maxParallelJobs !== undefined && maxParallelJobs > usualParallelJobs) {
    const message = `SageMaker runs ${usualParallelJobs} training jobs of a tuning job at a time unless AWS raised the account's quota`;
    warnings.push({ path: `${path}.maxParallelJobs`, message });
  }
  if (earlyStopping !== "Auto") return;
  const place = `${path}.earlyStopping`;
  const remedy = "remove it, or write Off";
  if (strategy === "Hyperband") {
    const rule = "Off with Hyperband, which stops training jobs in its own way";
    problems.push({ path: place, received: earlyStopping, rule, remedy });
    return;
  }
  const why = whyNotByIteration(algorithm, metric);
  if (why !== undefined) problems.push({ path: place, received: earlyStopping, rule: why, remedy });
}

/** Why training gives nothing to stop it by; `undefined` where the metric comes after each iteration. */
export function whyNotByIteration(
  { title, tuning }: Algorithm,
  metric: string,
): string | undefined {
  if (tuning?.iterations === undefined) {
    return `needs a metric after each iteration, and ${title} is not among the algorithms that AWS lists for it`;
  }
  const { metrics } = tuning.iterations;
  if (metrics === undefined || metrics.includes(metric)) return undefined;
  return `needs a metric after each iteration: ${title} has ${metrics.join(", ")}, not ${metric}`;
}
