import {
  type ComparisonMetric,
  comparisonMetrics,
  metricsOf,
} from "../../components/comparison-metrics.ts";
import { bootstrap, type Interval, interval, type Resampled } from "./bootstrap.ts";
import { type Evaluator, evaluatorOf, type Truth } from "./evaluators.ts";
import type { Predictions } from "./predictions.ts";

export interface Resampling {
  resamples: number;
  /** Of intervals, such as 0.95. */
  confidence: number;
  seed: number;
}

export interface Score {
  value: number;
  /** Absent where too few resamples define it. */
  interval?: Interval;
}

/** Scores of one set of predictions, by metric; one that they, or the labels, do not allow is absent. */
export type Scores = Partial<Record<ComparisonMetric, Score>>;

export interface Scored {
  scores: Scores;
  /** Of each metric, resample by resample. */
  resampled: Partial<Record<ComparisonMetric, Resampled>>;
}

/** Scores of every set of predictions in every metric of the task, all from the same resamples. */
export function scoreAll<Name extends string>(
  truth: Truth,
  sets: Readonly<Record<Name, Predictions>>,
  resampling: Resampling,
): Record<Name, Scored> {
  const wanted: { name: Name; metric: ComparisonMetric; evaluate: Evaluator }[] = [];
  for (const name of Object.keys(sets) as Name[]) {
    for (const metric of metricsOf(truth.task)) {
      const evaluate = evaluatorOf(metric, truth, sets[name]);
      if (evaluate !== undefined) wanted.push({ name, metric, evaluate });
    }
  }
  const evaluators = wanted.map(({ evaluate }) => evaluate);
  const results = bootstrap(evaluators, truth.labels.length, resampling);
  const scored = Object.fromEntries(
    Object.keys(sets).map((name) => [name, { scores: {}, resampled: {} }]),
  ) as Record<Name, Scored>;
  for (const [index, { name, metric }] of wanted.entries()) {
    const result = results[index] as Resampled;
    const range = interval(result, resampling.confidence);
    if (!Number.isNaN(result.value)) {
      scored[name].scores[metric] = { value: result.value, ...(range && { interval: range }) };
    }
    scored[name].resampled[metric] = result;
  }
  return scored;
}

/** By how much `a` is better than `b`, whatever the metric's direction: positive is better. */
export function gain(metric: ComparisonMetric, a: Resampled, b: Resampled): Resampled {
  const sign = comparisonMetrics[metric].direction === "max" ? 1 : -1;
  return {
    value: sign * (a.value - b.value),
    samples: a.samples.map((sample, index) => sign * (sample - (b.samples[index] as number))),
  };
}
