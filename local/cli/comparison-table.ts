import { comparisonMetrics, metricsOf } from "../../components/comparison-metrics.ts";
import { promotionWords } from "../../handlers/record-comparison/promotion-words.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import { gainWriter, scoreColumn } from "../../handlers/record-comparison/score-words.ts";
import { withInterval } from "../../handlers/report-page/same-decimals.ts";

/** Lines of a table: candidates with their scores and intervals, the gain of the best, and who wins. */
export function comparisonTable(report: ComparisonReport): string[] {
  const columns = metricsOf(report.rules.task).map((metric) => scoreColumn(report, metric));
  const rows = [
    ["candidate", ...columns.map(({ title }) => title), "training"],
    ...report.candidates.map(({ key, status, error, scores, cost }) =>
      status === "Failed"
        ? [key, `failed: ${error?.name}`]
        : [
            key,
            ...columns.map(({ cell }) => cell(scores)),
            `${cost.trainingInstanceSeconds?.toFixed(1) ?? "?"} s`,
          ],
    ),
    ...(report.baseline
      ? [["(baseline)", ...columns.map(({ cell }) => cell(report.baseline))]]
      : []),
  ];
  const missing = report.baseline ? columns.flatMap(({ missing: why }) => why ?? []) : [];
  const write = gainWriter(report);
  const gains = (report.verdict?.comparisons ?? []).map(
    ({ against, gain, interval, clear }) =>
      `${report.verdict?.best} against ${against}: better by ${withInterval({ value: gain, interval }, write)} in ${comparisonMetrics[report.rules.metric].title}${clear ? "" : ", not clear"}`,
  );
  return [
    ...aligned(rows),
    "",
    ...[...missing, ...gains, ...conclusion(report)].map((line) => `  ${line}`),
  ];
}

function conclusion(report: ComparisonReport): string[] {
  const { winner, reason, verdict, promotion } = report;
  const { promoted, text } = promotionWords(report);
  if (winner !== null) {
    const serves = promoted ? `, and serves ${promotion?.endpoint?.name}` : "";
    const not = promotion !== null && !promoted ? [`not promoted: ${text}`] : [];
    return [`${winner} wins${serves}: ${reason}`, ...not];
  }
  const cheapest = verdict ? `; the cheapest of the best is ${verdict.cheapest}` : "";
  return [`no clear winner: ${reason}${cheapest}`];
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
