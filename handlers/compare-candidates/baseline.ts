import type { ComparisonTask } from "../../components/comparison-metrics.ts";
import type { Predictions } from "./predictions.ts";

/** What the ETL report says of the rows that models were trained on. */
export interface TrainFacts {
  /** Of regression. */
  labelMean: number | null;
  /** Rows of each class; of classification. */
  classes: Readonly<Record<string, number>> | null;
}

/**
 * What one would say of any row without looking at it: the mean label, or the class that most rows have, with the share of
 * each class as its probability. A model that is no better has learned nothing.
 *
 * @throws Error where the report lacks what the task needs
 */
export function baseline(
  task: ComparisonTask,
  facts: TrainFacts,
  rows: number,
  classCount: number,
): Predictions {
  if (task === "regression") {
    if (facts.labelMean === null) throw new Error("the ETL report has no mean of the labels");
    return { values: new Array(rows).fill(facts.labelMean) };
  }
  if (facts.classes === null) throw new Error("the ETL report has no rows of each class");
  const counts = Array.from({ length: classCount }, (_, index) => facts.classes?.[index] ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / total);
  const majority = counts.indexOf(Math.max(...counts));
  return {
    values: new Array(rows).fill(majority),
    probabilities: new Array(rows).fill(shares),
  };
}
