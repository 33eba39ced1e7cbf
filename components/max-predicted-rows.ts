/** Test rows that are predicted at most: more would not fit the memory of the function that compares candidates. */
export const maxPredictedRows = 500_000;

/**
 * Rows that it scores in half of its 15 minutes, times the sets of predictions (the guess is one), times resamples. On one core
 * of a laptop classes are scored at 21 million a second, numbers at 48 million; Lambda's are slower.
 */
const maxScored = 6e9;

/** Test rows that so many candidates can be compared by. */
export function maxComparedRows(candidates: number, resamples: number): number {
  return Math.min(maxPredictedRows, Math.floor(maxScored / (candidates + 1) / resamples));
}
