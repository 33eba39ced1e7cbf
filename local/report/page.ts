import type { BinaryScores } from "../../handlers/report-page/binary-scores.ts";
import { classMatrix, drawnClasses, rocCurve } from "../../handlers/report-page/class-pictures.ts";
import type { ClassScores } from "../../handlers/report-page/class-scores.ts";
import { style } from "../../handlers/report-page/style.ts";
import { escapeHtml, shortNumber } from "../../handlers/report-page/svg.ts";
import {
  confusionMatrix,
  type Importance,
  importanceBars,
  regressionPoints,
  type TimelineBar,
  timeline,
} from "./charts.ts";
import type { RegressionScores } from "./regression-scores.ts";

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
  /** Binary: the greater, the more likely class 1. */
  score: number;
  /** Class, or value of a regression. */
  predicted: number;
}

/** The newest model on rows that it was not trained on. */
export type Evaluation =
  | { kind: "binary"; scores: BinaryScores }
  | { kind: "classes"; scores: ClassScores }
  | { kind: "regression"; scores: RegressionScores }
  /** Why there is nothing to show, as a sentence. */
  | { kind: "none"; why: string };

export interface PageContent {
  pipeline: string;
  runs: RunSection[];
  /** Undefined where the newest run brought no model to its endpoint. */
  evaluation: Evaluation | undefined;
  /** Empty for models that are no trees. */
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
${content.evaluation ? renderEvaluation(content.evaluation) : ""}
${content.importances.length > 0 ? renderImportances(content.importances) : ""}
${content.predictions.length > 0 ? renderPredictions(content.predictions, content.evaluation) : ""}
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

function renderEvaluation(evaluation: Evaluation): string {
  const body =
    evaluation.kind === "none" ? `<p>${escapeHtml(evaluation.why)}</p>` : scoresOf(evaluation);
  return `<section><h2>On rows that the model has not seen</h2>\n${body}</section>`;
}

function scoresOf(evaluation: Exclude<Evaluation, { kind: "none" }>): string {
  const { kind, scores } = evaluation;
  const split = `The test split of the newest run, ${scores.rows} rows, scored by the endpoint`;
  if (kind === "binary") {
    return `<p>${split}: accuracy ${percent(scores.accuracy)}, ${aucText(scores)}.</p>
<div class="row">${confusionMatrix(scores)}${Number.isNaN(scores.auc) ? "" : rocCurve(scores)}</div>`;
  }
  if (kind === "classes") {
    const drawn = scores.classes.length <= drawnClasses;
    const matrix = drawn ? classMatrix(scores) : "";
    const left = drawn ? "" : ` ${scores.classes.length} classes are too many for a matrix.`;
    return `<p>${split}: accuracy ${percent(scores.accuracy)}.${left}</p>\n${matrix}`;
  }
  return `<p>${split}: root mean squared error ${shortNumber(scores.rmse)}, mean absolute error ${shortNumber(scores.mae)},
${r2Text(scores)}. Each dot is a row; on the dashed line the prediction is right.</p>\n${regressionPoints(scores)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function r2Text({ r2 }: RegressionScores): string {
  return Number.isNaN(r2) ? "all labels alike" : `R² ${r2.toFixed(3)}`;
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

function renderPredictions(predictions: Prediction[], evaluation: Evaluation | undefined): string {
  const isBinary = evaluation?.kind === "binary";
  const rows = predictions.map(
    ({ label, score, predicted }, i) =>
      `<tr><td>${i + 1}</td><td>${escapeHtml(label)}</td><td>${isBinary ? score.toFixed(4) : shortNumber(predicted)}</td></tr>`,
  );
  const answer = isBinary ? "Score" : "Predicted";
  return `<section><h2>Some rows of the test split, scored by the endpoint</h2>
<table class="grid"><tr><th>Row</th><th>Label</th><th>${answer}</th></tr>${rows.join("")}</table></section>`;
}
