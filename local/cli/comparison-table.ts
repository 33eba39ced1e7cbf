import {
  type ComparisonMetric,
  comparisonMetrics,
  metricsOf,
} from "../../components/comparison-metrics.ts";
import type { Score, Scores } from "../../handlers/compare-candidates/scores.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import { shortNumber } from "../../handlers/report-page/svg.ts";

/** Lines of a table: candidates with their scores and intervals, the gain of the best, and who wins. */
export function comparisonTable(report: ComparisonReport): string[] {
  const metrics = metricsOf(report.rules.task);
  const rows = [
    ["candidate", ...metrics.map((metric) => comparisonMetrics[metric].title), "training"],
    ...report.candidates.map(({ key, status, error, scores, cost }) =>
      status === "Failed"
        ? [key, `failed: ${error?.name}`]
        : [key, ...cells(metrics, scores), `${cost.trainingInstanceSeconds ?? "?"} s`],
    ),
    ...(report.baseline ? [["(baseline)", ...cells(metrics, report.baseline)]] : []),
  ];
  const gains = (report.verdict?.comparisons ?? []).map(
    ({ against, gain, interval }) =>
      `  ${report.verdict?.best} against ${against}: better by ${shortNumber(gain)}${
        interval ? ` (${shortNumber(interval.low)} to ${shortNumber(interval.high)})` : ""
      } in ${comparisonMetrics[report.rules.metric].title}`,
  );
  return [...aligned(rows), "", ...gains, `  ${conclusion(report)}`];
}

function cells(metrics: readonly ComparisonMetric[], scores: Scores | null): string[] {
  return metrics.map((metric) => cell(scores?.[metric]));
}

function cell(score: Score | undefined): string {
  if (score === undefined) return "-";
  const { value, interval } = score;
  if (!interval || interval.low === interval.high) return shortNumber(value);
  return `${shortNumber(value)} (${shortNumber(interval.low)} to ${shortNumber(interval.high)})`;
}

function conclusion({ winner, reason, promotion, verdict }: ComparisonReport): string {
  const promoted = promotion?.promoted ? `, and serves ${promotion.endpoint?.name}` : "";
  if (winner !== null) return `${winner} wins${promoted}: ${reason}`;
  const cheapest = verdict ? `; the cheapest of the best is ${verdict.cheapest}` : "";
  return `no clear winner: ${reason}${cheapest}`;
}

function aligned(rows: string[][]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.entries()) {
      if (row.length > 2) widths[column] = Math.max(widths[column] ?? 0, text.length);
    }
  }
  return rows.map((row) =>
    `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd(),
  );
}
