import type { ComparisonTask } from "../../components/comparison-metrics.ts";
import type { PredictionFile } from "../compare-candidates/predictions.ts";
import { type RocPoint, rocPoints } from "../report-page/binary-scores.ts";
import { classMatrix, drawnClasses, rocCurve } from "../report-page/class-pictures.ts";
import { scoreClasses } from "../report-page/class-scores.ts";
import { scatterChart } from "./charts.ts";

/** What a candidate predicted, as far as it is drawn: without probabilities, which would fill the memory with those of twenty. */
export interface DrawnPredictions extends Pick<PredictionFile, "labels" | "values"> {
  /** Of a binary task, where probabilities are known and both classes are there. */
  roc?: RocPoint[];
}

/** Points that a curve of this size shows. */
const rocPointsDrawn = 300;

export function drawnPredictions(
  task: ComparisonTask,
  { labels, values, probabilities }: PredictionFile,
): DrawnPredictions {
  const hasBoth = labels.includes(0) && labels.includes(1);
  if (task !== "binary" || probabilities === undefined || !hasBoth) return { labels, values };
  const roc = rocPoints(
    labels,
    probabilities.map(([, one = 0]) => one),
  );
  const step = Math.ceil(roc.length / rocPointsDrawn);
  const last = roc.length - 1;
  return {
    labels,
    values,
    roc: roc.filter((_, index) => index % step === 0 || index === last),
  };
}

/** Predictions beside what came of it. */
export function predictionPictures(task: ComparisonTask, drawn: DrawnPredictions): string[] {
  return task === "regression" ? pointPictures(drawn) : classPictures(drawn);
}

function pointPictures({ labels, values }: DrawnPredictions): string[] {
  return [
    scatterChart(
      "Predicted over actual",
      labels.map((label, index) => ({ x: label, y: values[index] as number })),
      { across: "actual", up: "predicted", line: "equal" },
    ),
    scatterChart(
      "Residuals",
      values.map((value, index) => ({ x: value, y: value - (labels[index] as number) })),
      { across: "predicted", up: "predicted minus actual", line: "zero" },
    ),
  ];
}

function classPictures({ labels, values, roc }: DrawnPredictions): string[] {
  if (labels.length === 0) return [];
  const classes = scoreClasses(labels, values);
  const matrix =
    classes.classes.length <= drawnClasses
      ? classMatrix(classes)
      : `<p>${classes.classes.length} classes are too many for a matrix.</p>`;
  return [matrix, ...(roc ? [rocCurve({ roc })] : [])];
}
