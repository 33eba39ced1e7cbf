import { nearestName } from "../nearest-name.ts";
import { isInVersions, type TrainingRun } from "./algorithm.ts";

interface MetricFinding {
  rule: string;
  remedy: string;
}

/** Why no gate can stand on `metric` in such a run; `undefined` where one can. */
export function checkMetric(run: TrainingRun, metric: string): MetricFinding | undefined {
  return checkMetricName(run, metric) ?? run.algorithm.metrics[metric]?.whyNot?.(run);
}

/** The same as far as it can be told without hyperparameters. */
export function checkMetricName(
  { algorithm, version }: Pick<TrainingRun, "algorithm" | "version">,
  metric: string,
): MetricFinding | undefined {
  const known = Object.keys(algorithm.metrics).filter((name) =>
    isInVersions(algorithm, version, algorithm.metrics[name] ?? {}),
  );
  if (known.includes(metric)) return undefined;
  if (known.length === 0) {
    return {
      rule: `SageMaker reads no metric from ${algorithm.title}: there can be no gate`,
      remedy: "write validation: { enabled: false }; every model that trains is then deployed",
    };
  }
  const nearest = known.length === 1 ? known[0] : nearestMetric(metric, known);
  return {
    rule: `not a metric of ${algorithm.title} ${version}`,
    remedy: nearest === undefined ? `write one of ${known.join(", ")}` : `write ${nearest}`,
  };
}

/** `validation:error` for `error`, which is how a container calls it; else the nearest name. */
function nearestMetric(metric: string, known: readonly string[]): string | undefined {
  return known.find((name) => name.endsWith(`:${metric}`)) ?? nearestName(metric, known);
}
