import type { BinaryScores } from "./binary-scores.ts";
import {
  confusionMatrix,
  escapeHtml,
  type Importance,
  importanceBars,
  rocCurve,
  type TimelineBar,
  timeline,
} from "./charts.ts";
import { style } from "./style.ts";

/** One run on the page. */
export interface RunSection {
  title: string;
  status: string;
  /** Facts in the order in which they are shown. */
  facts: [string, string][];
  timeline: TimelineBar[];
}

export interface Prediction {
  label: string;
  score: number;
}

export interface PageContent {
  pipeline: string;
  runs: RunSection[];
  /** Scores on the test split of the newest run; undefined where the labels are not 0 and 1. */
  scores: BinaryScores | undefined;
  importances: Importance[];
  predictions: Prediction[];
}

/** The report of a pipeline's runs as one HTML file that needs nothing else: pictures are SVG inside of it. */
export function renderPage(content: PageContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(content.pipeline)}: retraining report</title>
<style>${style}</style>
</head>
<body>
<h1>Retraining report: ${escapeHtml(content.pipeline)}</h1>
${content.runs.map(renderRun).join("\n")}
${content.scores ? renderScores(content.scores) : ""}
${content.importances.length > 0 ? renderImportances(content.importances) : ""}
${content.predictions.length > 0 ? renderPredictions(content.predictions) : ""}
</body>
</html>
`;
}

function renderRun(run: RunSection): string {
  const facts = run.facts
    .map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join("");
  return `<section><h2>Run ${escapeHtml(run.title)}
<span class="status ${run.status === "Succeeded" ? "good" : "bad"}">${escapeHtml(run.status)}</span></h2>
<table>${facts}</table>${timeline(run.timeline)}</section>`;
}

function renderScores(scores: BinaryScores): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return `<section><h2>On rows that the model has not seen</h2>
<p>The test split of the newest run, ${scores.rows} rows, scored by the endpoint: accuracy ${percent(scores.accuracy)},
${aucText(scores)}. Class 1 is predicted from a score of 0.5 on.</p>
<div class="row">${confusionMatrix(scores)}${Number.isNaN(scores.auc) ? "" : rocCurve(scores)}</div></section>`;
}

/** Area under the ROC curve, or that rows of one class have none. */
export function aucText({ auc }: BinaryScores): string {
  return Number.isNaN(auc)
    ? "no ROC curve: all labels are alike"
    : `area under the ROC curve ${auc.toFixed(3)}`;
}

function renderImportances(importances: Importance[]): string {
  return `<section><h2>What the model looks at</h2>
<p>The ${importances.length} features with the highest average gain of a split.</p>
${importanceBars(importances)}</section>`;
}

function renderPredictions(predictions: Prediction[]): string {
  const rows = predictions.map(
    ({ label, score }, i) =>
      `<tr><td>${i + 1}</td><td>${escapeHtml(label)}</td><td>${score.toFixed(4)}</td></tr>`,
  );
  return `<section><h2>Some rows of the test split, scored by the endpoint</h2>
<table class="grid"><tr><th>Row</th><th>Label</th><th>Score</th></tr>${rows.join("")}</table></section>`;
}
