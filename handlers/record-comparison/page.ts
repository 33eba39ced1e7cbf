import { comparisonMetrics, metricsOf } from "../../components/comparison-metrics.ts";
import type { Scores } from "../compare-candidates/scores.ts";
import { isNumber } from "../report-page/same-decimals.ts";
import { style } from "../report-page/style.ts";
import { escapeHtml } from "../report-page/svg.ts";
import { type DrawnPredictions, predictionPictures } from "./candidate-pictures.ts";
import { type Bar, intervalChart } from "./charts.ts";
import { curvePictures } from "./curve-pictures.ts";
import type { ComparisonReport } from "./report.ts";
import { gainWriter, scoreColumn } from "./score-words.ts";
import { summary } from "./summary.ts";
import type { Curves } from "./training-curves.ts";

/** What the page shows beside the report, by candidate. */
export interface PageData {
  predictions: Readonly<Record<string, DrawnPredictions>>;
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
${hyperparameters(report)}
${costs(report)}
</body>
</html>
`;
}

function scores(report: ComparisonReport): string {
  const { baseline, candidates, rules } = report;
  if (baseline === null) return "";
  const charts = metricsOf(rules.task).map((metric) => {
    const { title, write, missing } = scoreColumn(report, metric);
    const barOf = (name: string, own: Scores | null): Bar[] => {
      const score = own?.[metric];
      return score && isNumber(score.value) ? [{ name, score }] : [];
    };
    const bars = candidates.flatMap(({ key, scores: own }) => barOf(key, own));
    const [guess] = barOf("without a model", baseline);
    const better = comparisonMetrics[metric].direction === "min" ? "lower" : "higher";
    const drawn = bars.length === 0 ? "" : intervalChart(title, bars, { guess, write });
    const said = missing === undefined ? "" : `<p>${escapeHtml(missing)}.</p>`;
    return `<h3>${escapeHtml(title)} (${better} is better)</h3>\n${said}${drawn}`;
  });
  return `<section><h2>Scores on the test rows</h2>\n${charts.join("\n")}</section>`;
}

function differences(report: ComparisonReport): string {
  const { verdict, rules } = report;
  if (!verdict) return "";
  const { title } = comparisonMetrics[rules.metric];
  const write = gainWriter(report);
  const rows = [...verdict.comparisons, verdict.againstBaseline].map(
    ({ against, gain, interval, clear }) =>
      `<tr><td>${escapeHtml(`${verdict.best} against ${against}`)}</td><td>${write(gain)}</td>
<td>${interval ? `${write(interval.low)} to ${write(interval.high)}` : "not defined"}</td><td>${clear ? "clear" : "not clear"}</td></tr>`,
  );
  return `<section><h2>Gain of the best candidate</h2>
<table class="grid"><tr><th>Comparison</th><th>Gain in ${escapeHtml(title)}</th><th>Interval</th><th></th></tr>${rows.join("")}</table></section>`;
}

function pictures(
  { rules }: ComparisonReport,
  key: string,
  predictions: DrawnPredictions,
  curves: Curves,
): string {
  const drawn = predictionPictures(rules.task, predictions);
  const lines = curvePictures(curves, rules.task);
  if (drawn.length + lines.length === 0) return "";
  return `<section><h2>${escapeHtml(key)}</h2>
<div class="row">${drawn.join("")}</div><div class="row">${lines.join("")}</div></section>`;
}

function hyperparameters({ candidates }: ComparisonReport): string {
  const rows = candidates.flatMap(({ key, training }) => {
    if (training === null) return [];
    const tuned = Object.entries(training.tuning?.tuned ?? {});
    const names = new Set(tuned.map(([name]) => name));
    const fixed = Object.entries(training.hyperparameters ?? {}).filter(
      ([name]) => !names.has(name) && !name.startsWith("_"), // _tuning_objective_metric is SageMaker's own
    );
    return `<tr><td>${escapeHtml(key)}</td><td>${listed(fixed)}</td><td>${listed(tuned)}</td></tr>`;
  });
  if (rows.length === 0) return "";
  return `<section><h2>Hyperparameters</h2>
<table class="grid"><tr><th>Candidate</th><th>From config</th><th>Tuned</th></tr>${rows.join("")}</table></section>`;
}

function listed(values: [string, string][]): string {
  if (values.length === 0) return "–";
  return values
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => escapeHtml(`${name}: ${value}`))
    .join(", ");
}

function costs({ candidates }: ComparisonReport): string {
  if (candidates.length === 0) return "";
  const rows = candidates.map(({ key, cost, status, error }) =>
    status === "Failed"
      ? `<tr><td>${escapeHtml(key)}</td><td colspan="2">${escapeHtml(`failed: ${error?.name}: ${error?.cause.slice(0, 300)}`)}</td></tr>`
      : `<tr><td>${escapeHtml(key)}</td><td>${secondsText(cost.trainingInstanceSeconds)} of ${escapeHtml(cost.trainingInstanceType)}</td>
<td>${secondsText(cost.evaluationSeconds)} of ${escapeHtml(cost.evaluationInstanceType)}</td></tr>`,
  );
  return `<section><h2>What each candidate took</h2>
<table class="grid"><tr><th>Candidate</th><th>Training</th><th>Evaluation</th></tr>${rows.join("")}</table></section>`;
}

function secondsText(seconds: number | null): string {
  return seconds === null ? "an unknown time" : `${seconds.toFixed(1)} s`;
}
