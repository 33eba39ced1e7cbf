import {
  type ComparisonMetric,
  type ComparisonTask,
  comparisonMetrics,
  metricsOf,
} from "../components/comparison-metrics.ts";
import { nearestName } from "../components/nearest-name.ts";
import type { Problem } from "./config-error.ts";

interface Written {
  metric: string | undefined;
  margin: number | undefined;
}

/** Scores that lie between 0 and 1: no gain reaches 1. */
const shares: readonly ComparisonMetric[] = ["accuracy", "f1", "auc"];

/**
 * The score that decides, the task's first one where config names none.
 *
 * @param path of the comparison
 * @returns `undefined` while task or metric are wrong, and reported
 */
export function checkComparisonMetric(
  task: ComparisonTask | undefined,
  { metric: written, margin }: Written,
  path: string,
  problems: Problem[],
): ComparisonMetric | undefined {
  const known = task === undefined ? allMetrics : metricsOf(task);
  const metric = written === undefined ? task && known[0] : known.find((name) => name === written);
  if (written !== undefined && metric === undefined) {
    const nearest = aliased(written) ?? nearestName(written, known);
    const isOther = task !== undefined && allMetrics.some((name) => name === written);
    problems.push({
      path: `${path}.metric`,
      received: written,
      rule: `a score of the task${task === undefined ? "" : ` ${task}`}: ${known.join(", ")}`,
      remedy:
        isOther || !known.some((name) => name === nearest)
          ? "write one of these"
          : `write ${nearest}`,
    });
  }
  if (metric !== undefined && shares.includes(metric) && margin !== undefined && margin >= 1) {
    problems.push({
      path: `${path}.margin`,
      received: margin,
      rule: `less than 1: ${metric} lies between 0 and 1`,
      remedy: margin < 100 ? `write ${margin / 100} for ${margin} percent` : "write such as 0.01",
    });
  }
  return metric;
}

const allMetrics = Object.keys(comparisonMetrics) as ComparisonMetric[];

/** What other programs call them. */
function aliased(written: string): ComparisonMetric | undefined {
  const plain = written
    .toLowerCase()
    .replace(/^(validation|test):/, "")
    .replace(/[^a-z0-9]/g, "");
  const names: Readonly<Record<string, ComparisonMetric>> = {
    logloss: "log_loss",
    mlogloss: "log_loss",
    rootmeansquarederror: "rmse",
    meanabsoluteerror: "mae",
    rsquared: "r2",
    rocauc: "auc",
    f1score: "f1",
  };
  return Object.hasOwn(names, plain) ? names[plain] : allMetrics.find((name) => name === plain);
}
