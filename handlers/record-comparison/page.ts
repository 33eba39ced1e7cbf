import { comparisonMetrics, metricsOf } from "../../components/comparison-metrics.ts";
import type { PredictionFile } from "../compare-candidates/predictions.ts";
import { style } from "../report-page/style.ts";
import { escapeHtml, shortNumber } from "../report-page/svg.ts";
import { type Bar, intervalChart, lineChart, scatterChart } from "./charts.ts";
import type { ComparisonReport } from "./report.ts";
import type { Curves } from "./training-curves.ts";

/** What the page shows beside the report, by candidate. */
export interface PageData {
  predictions: Readonly<Record<string, PredictionFile>>;
  curves: Readonly<Record<string, Curves>>;
}

/** The report of a comparison as one HTML file that needs nothing else: pictures are SVG inside of it. */
export function renderComparison(report: ComparisonReport, data: PageData): string {
  const name = escapeHtml(report.comparison);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}: comparison ${escapeHtml(report.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>Comparison ${name}</h1>
${summary(report)}
${scores(report)}
${differences(report)}
${Object.entries(data.predictions)
  .map(([key, file]) => pictures(report, key, file, data.curves[key] ?? {}))
  .join("\n")}
${costs(report)}
</body>
</html>
`;
}

function summary(report: ComparisonReport): string {
  const good = report.status === "Succeeded";
  const facts: [string, string][] = [
    ["input", `${report.input.key} (version ${report.input.versionId})`],
    ["rows", rowsText(report)],
    [
      "decided by",
      `${comparisonMetrics[report.rules.metric].title}, margin ${report.rules.margin}`,
    ],
    [
      "intervals",
      `${shortNumber(100 * report.rules.confidence)} %, ${report.rules.resamples} resamples of the test rows`,
    ],
  ];
  if (report.error) facts.push([report.error.name, report.error.cause]);
  return `<section><h2>${escapeHtml(headline(report))}
<span class="status ${good ? "good" : "bad"}">${report.status}</span></h2>
${report.reason === null ? "" : `<p>${escapeHtml(report.reason)}.</p>`}
<table>${facts.map(([name, value]) => row("th", name, value)).join("")}</table></section>`;
}

function headline({ outcome, winner, verdict }: ComparisonReport): string {
  if (winner !== null) return `${winner} wins`;
  if (verdict) return `No clear winner; the cheapest of the best is ${verdict.cheapest}`;
  return outcome === null ? "Nothing was compared" : "Too few results to compare";
}

function rowsText({ etl, testRows }: ComparisonReport): string {
  const rows = (etl?.report as { rows?: Record<string, number> } | null)?.rows;
  if (!rows) return "unknown";
  return `${rows["train"]} train, ${rows["validation"]} validation, ${rows["test"]} test (${testRows ?? 0} predicted)`;
}

function scores(report: ComparisonReport): string {
  if (report.baseline === null) return "";
  const metrics = metricsOf(report.rules.task);
  const charts = metrics.map((metric) => {
    const bars: Bar[] = report.candidates.flatMap(({ key, scores: own }) => {
      const score = own?.[metric];
      return score && Number.isFinite(score.value) ? [{ name: key, score }] : [];
    });
    if (bars.length === 0) return "";
    const { title, direction } = comparisonMetrics[metric];
    const better = direction === "min" ? "lower" : "higher";
    // beside the baseline, which is far off, candidates could not be told apart
    const guess = report.baseline?.[metric]?.value ?? Number.NaN;
    const said = Number.isFinite(guess) ? `, without a model ${shortNumber(guess)}` : "";
    return `<h3>${escapeHtml(title)} (${better} is better${said})</h3>\n${intervalChart(title, bars)}`;
  });
  return `<section><h2>Scores on the test rows</h2>\n${charts.join("\n")}</section>`;
}

function differences({ verdict, rules }: ComparisonReport): string {
  if (!verdict) return "";
  const { title } = comparisonMetrics[rules.metric];
  const rows = [...verdict.comparisons, verdict.againstBaseline].map(
    ({ against, gain, interval, clear }) =>
      `<tr><td>${escapeHtml(`${verdict.best} against ${against}`)}</td><td>${shortNumber(gain)}</td>
<td>${interval ? `${shortNumber(interval.low)} to ${shortNumber(interval.high)}` : "not defined"}</td><td>${clear ? "clear" : "not clear"}</td></tr>`,
  );
  return `<section><h2>Gain of the best candidate</h2>
<table class="grid"><tr><th>Comparison</th><th>Gain in ${escapeHtml(title)}</th><th>Interval</th><th></th></tr>${rows.join("")}</table></section>`;
}

function pictures(
  { rules }: ComparisonReport,
  key: string,
  { labels, values }: PredictionFile,
  curves: Curves,
): string {
  const drawn =
    rules.task === "regression"
      ? [
          scatterChart("Predicted over actual", pairs(labels, values), {
            across: "actual",
            up: "predicted",
            line: "equal",
          }),
          scatterChart(
            "Residuals",
            values.map((value, index) => ({ x: value, y: value - (labels[index] as number) })),
            { across: "predicted", up: "predicted minus actual", line: "zero" },
          ),
        ]
      : [];
  const lines = Object.entries(curves).map(([name, points]) => lineChart(name, points));
  if (drawn.length + lines.length === 0) return "";
  return `<section><h2>${escapeHtml(key)}</h2>
<div class="row">${drawn.join("")}</div><div class="row">${lines.join("")}</div></section>`;
}

function pairs(labels: number[], values: number[]) {
  return labels.map((label, index) => ({ x: label, y: values[index] as number }));
}

function costs({ candidates }: ComparisonReport): string {
  const rows = candidates.map(({ key, cost, status, error }) =>
    status === "Failed"
      ? row("td", key, `failed: ${error?.name}: ${error?.cause.slice(0, 300)}`)
      : `<tr><td>${escapeHtml(key)}</td><td>${secondsText(cost.trainingInstanceSeconds)} of ${escapeHtml(cost.trainingInstanceType)}</td>
<td>${shortNumber(cost.evaluationSeconds)} s of ${escapeHtml(cost.evaluationInstanceType)}</td></tr>`,
  );
  return `<section><h2>What each candidate took</h2>
<table class="grid"><tr><th>Candidate</th><th>Training</th><th>Evaluation</th></tr>${rows.join("")}</table></section>`;
}

function secondsText(seconds: number | null): string {
  return seconds === null ? "an unknown time" : `${shortNumber(seconds)} s`;
}

function row(head: "th" | "td", name: string, value: string): string {
  return `<tr><${head}>${escapeHtml(name)}</${head}><td>${escapeHtml(value)}</td></tr>`;
}
