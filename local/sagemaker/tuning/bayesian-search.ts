import { GaussianProcess } from "./gaussian-process.ts";
import type { Hyperparameters, ParameterSpace } from "./parameter-space.ts";
import type { RandomNumbers } from "./random-numbers.ts";
import { keyOf, randomSearch, type Search } from "./search.ts";

/** Random trials before a model of the objective says anything. */
const FIRST_TRIALS = 3;

/** The model's cost grows with the cube of what it learns from: it gets the newest. */
const MAX_OBSERVED = 150;

const RANDOM_CANDIDATES = 1000;
const CANDIDATES_NEAR_BEST = 200;

/**
 * Bayesian optimization: a Gaussian process of the losses so far, and the combination that it expects to improve most on the best.
 * What is being tried counts as if it had come out as expected, so that parallel trials differ.
 * Source: Jones, Schonlau and Welch, Efficient Global Optimization of Expensive Black-Box Functions (1998).
 */
export function bayesianSearch(space: ParameterSpace, next: RandomNumbers): Search {
  const random = randomSearch(space, next);
  return (history) => {
    const observed = history.observed.slice(-MAX_OBSERVED);
    const first = random(history);
    if (first === undefined || observed.length < FIRST_TRIALS) return first;
    const best = observed.reduce((a, b) => (b.loss < a.loss ? b : a));
    const model = modelOf(space, observed, history.pending);
    const known = new Set(history.tried.map(keyOf));
    const candidates = [
      first,
      ...Array.from({ length: RANDOM_CANDIDATES }, () => space.random(next)),
      ...Array.from({ length: CANDIDATES_NEAR_BEST }, () => space.near(best.values, next)),
    ].filter((values) => !known.has(keyOf(values)));
    const gains = candidates.map((values) =>
      expectedImprovement(model.predict(space.features(values)), best.loss),
    );
    return candidates[gains.indexOf(Math.max(...gains))];
  };
}

function modelOf(
  space: ParameterSpace,
  observed: readonly { values: Hyperparameters; loss: number }[],
  pending: readonly Hyperparameters[],
): GaussianProcess {
  const points = observed.map(({ values }) => space.features(values));
  const losses = observed.map(({ loss }) => loss);
  const model = new GaussianProcess(points, losses);
  if (pending.length === 0) return model;
  const expected = pending.map((values) => space.features(values));
  return new GaussianProcess(
    [...points, ...expected],
    [...losses, ...expected.map((point) => model.predict(point).mean)],
  );
}

/** How much less than `best` the loss is expected to be, where it is less. */
function expectedImprovement(
  { mean, deviation }: { mean: number; deviation: number },
  best: number,
): number {
  const gain = best - mean;
  const normalized = gain / deviation;
  const density = Math.exp(-0.5 * normalized ** 2) / Math.sqrt(2 * Math.PI);
  return gain * normalDistribution(normalized) + deviation * density;
}

/**
 * Share of the standard normal distribution below `x`, within 7.5e-8.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17.
 */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const polynomial = series.reduceRight((sum, coefficient) => (sum + coefficient) * t, 0);
  const tail = (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x < 0 ? tail : 1 - tail;
}
