import type { ComparisonMetric, ComparisonTask } from "../../components/comparison-metrics.ts";
import { areaUnderCurve } from "./area-under-curve.ts";
import type { Predictions } from "./predictions.ts";

/** How often each test row counts. */
export type Weights = Int32Array | Float64Array;

/** A score of the weighted rows; NaN where they do not define it. */
export type Evaluator = (weights: Weights) => number;

/** Test rows and what is to be predicted of them. */
export interface Truth {
  task: ComparisonTask;
  labels: number[];
  /** Classes, numbered from 0; 0 of regression. */
  classCount: number;
}

/** Least probability in log loss: one certain mistake must not make the mean infinite. As scikit-learn has it for doubles. */
const leastProbability = 2 ** -52;

/**
 * The score of a model's predictions as a function of the weights of the rows: all that does not depend on those is done
 * here, once.
 *
 * @returns undefined where the score needs probabilities and the model gave none
 */
export function evaluatorOf(
  metric: ComparisonMetric,
  truth: Truth,
  predictions: Predictions,
): Evaluator | undefined {
  const { labels } = truth;
  const { values, probabilities } = predictions;
  switch (metric) {
    case "rmse": {
      const mean = weightedMean(squaredErrors(labels, values));
      return (weights) => Math.sqrt(mean(weights));
    }
    case "mae":
      return weightedMean(eachRow(labels, (label, row) => Math.abs(label - (values[row] ?? NaN))));
    case "r2":
      return determination(labels, values);
    case "accuracy":
      return weightedMean(eachRow(labels, (label, row) => (label === values[row] ? 1 : 0)));
    case "f1":
      return f1(truth, values);
    case "log_loss":
      return (
        probabilities &&
        weightedMean(
          eachRow(labels, (label, row) => {
            const probability = probabilities[row]?.[label] ?? 0; // 0: a class that training never met
            return -Math.log(Math.max(probability, leastProbability));
          }),
        )
      );
    case "auc": {
      const scores = probabilities?.map((row) => row[1] ?? NaN);
      return scores && areaUnderCurve(labels, scores);
    }
  }
}

function eachRow(labels: number[], value: (label: number, row: number) => number): Float64Array {
  return Float64Array.from(labels, value);
}

function squaredErrors(labels: number[], values: number[]): Float64Array {
  return eachRow(labels, (label, row) => (label - (values[row] ?? NaN)) ** 2);
}

function weightedMean(values: Float64Array): Evaluator {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row] as number;
      sum += weight * (values[row] as number);
      total += weight;
    }
    return sum / total;
  };
}

/** 1 - squared errors / squared deviations from the mean of the same rows; NaN where all labels are equal. */
function determination(labels: number[], values: number[]): Evaluator {
  const errors = weightedMean(squaredErrors(labels, values));
  // from a fixed center, or the squares of large labels would swallow their differences
  const center = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const shifted = eachRow(labels, (label) => label - center);
  const mean = weightedMean(shifted);
  const meanOfSquares = weightedMean(shifted.map((value) => value * value));
  return (weights) => {
    const variance = meanOfSquares(weights) - mean(weights) ** 2;
    return variance > 0 ? 1 - errors(weights) / variance : NaN;
  };
}

/** 2 TP / (2 TP + FP + FN), 0 where a class is neither there nor predicted. Of class 1, or the mean over all classes. */
function f1({ task, labels, classCount }: Truth, values: number[]): Evaluator {
  const classes = task === "binary" ? [1] : Array.from({ length: classCount }, (_, index) => index);
  return (weights) => {
    const right = new Float64Array(classCount);
    const seen = new Float64Array(classCount);
    for (let row = 0; row < labels.length; row++) {
      const weight = weights[row] as number;
      const label = labels[row] as number;
      const value = values[row] as number;
      if (label === value) right[label] = (right[label] as number) + 2 * weight;
      seen[label] = (seen[label] ?? 0) + weight;
      if (value < classCount) seen[value] = (seen[value] ?? 0) + weight;
    }
    const scores = classes.map((each) =>
      seen[each] ? (right[each] as number) / (seen[each] as number) : 0,
    );
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
}
