import type { Evaluator, Weights } from "./evaluators.ts";
import { randomIntegers } from "./random.ts";

/** A score of all rows, and its scores in each resample: `samples[i]` of two scores are of the same rows. */
export interface Resampled {
  value: number;
  samples: Float64Array;
}

/** Where a value lies, as surely as was asked for. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Scores of rows drawn with replacement, as many as there are, `resamples` times.
 *
 * Every score sees the same draws: what two models have in common, rows that are hard for both, cancels in the difference
 * of their scores.
 */
export function bootstrap(
  evaluators: readonly Evaluator[],
  rows: number,
  { resamples, seed }: { resamples: number; seed: number },
): Resampled[] {
  const once = new Int32Array(rows).fill(1);
  const scores = evaluators.map((evaluate) => ({
    evaluate,
    value: evaluate(once),
    samples: new Float64Array(resamples),
  }));
  const draw = randomIntegers(seed);
  const weights: Weights = new Int32Array(rows);
  for (let resample = 0; resample < resamples; resample++) {
    weights.fill(0);
    for (let drawn = 0; drawn < rows; drawn++) {
      const row = draw(rows);
      weights[row] = (weights[row] as number) + 1;
    }
    for (const { evaluate, samples } of scores) samples[resample] = evaluate(weights);
  }
  return scores.map(({ value, samples }) => ({ value, samples }));
}

/**
 * Percentile interval: what lies between the quantiles that leave out equally much on both sides. Resamples that do not
 * define the score are left out; undefined where fewer than half do.
 */
export function interval({ samples }: Resampled, confidence: number): Interval | undefined {
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort();
  if (sorted.length === 0 || sorted.length < samples.length / 2) return undefined;
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** Between the two nearest, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
