import { type ComparisonMetric, comparisonMetrics } from "../../components/comparison-metrics.ts";
import type { Score, Scores } from "../compare-candidates/scores.ts";
import { isNumber, sameDecimals, withInterval } from "../report-page/same-decimals.ts";
import type { ComparisonReport } from "./report.ts";

/** One metric of all candidates, each score written like the others. */
export interface ScoreColumn {
  title: string;
  /** A score with its interval. */
  cell(scores: Scores | null): string;
  write(value: number | null | undefined): string;
  /** A sentence on scores that are undefined; none where all are there. */
  missing: string | undefined;
}

/** A metric of a comparison, as terminal and page write it. */
export function scoreColumn(report: ComparisonReport, metric: ComparisonMetric): ScoreColumn {
  const { title } = comparisonMetrics[metric];
  const { candidates, baseline } = report;
  const given = candidates.flatMap(({ scores }) => scores?.[metric] ?? []);
  const precise = given.length > 0 ? given : [baseline?.[metric] ?? { value: null }];
  const write = sameDecimals(precise);
  return {
    title,
    write,
    cell: (scores) => withInterval(scores?.[metric] ?? { value: null }, write),
    missing: missingText(report, metric, title),
  };
}

/** Writes gains of the best candidate, and the ends of their intervals, alike. */
export function gainWriter({ verdict }: ComparisonReport) {
  const gains = verdict?.comparisons ?? [];
  return sameDecimals(gains.map(({ gain, interval }) => ({ value: gain, interval })));
}

/** The test rows may not define a score, which the guess shows, whose probabilities are known; or a model is the reason. */
function missingText(
  { candidates, baseline }: ComparisonReport,
  metric: ComparisonMetric,
  title: string,
): string | undefined {
  if (!isDefined(baseline?.[metric])) {
    return `${title} is not defined: the labels of the test rows are all the same`;
  }
  const without = candidates.filter(
    ({ status, scores }) => status === "Scored" && !isDefined(scores?.[metric]),
  );
  if (without.length === 0) return undefined;
  const names = without.map(({ key }) => key).join(", ");
  const why = comparisonMetrics[metric].needsProbabilities
    ? "it needs probabilities, and the class alone was told"
    : "the predictions do not define it";
  return `${title} of ${names} is not defined: ${why}`;
}

function isDefined(score: Score | undefined): boolean {
  return isNumber(score?.value);
}
