/** Losses of a training job after each of its epochs: less is better. */
export type Curve = readonly number[];

/** A median of fewer curves says little. */
const MIN_CURVES = 3;

/** Hyperband keeps one of so many at each rung. */
const REDUCTION = 3;

/**
 * SageMaker's early stopping: whether the newest loss is worse than the median of what completed jobs had on average up to that
 * epoch. Jobs with one value only are no measure: their metric came at the end.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-early-stopping.html
 *
 * @param completed curves of earlier jobs that were not stopped
 */
export function isBelowMedian(own: Curve, completed: readonly Curve[]): boolean {
  const averages = completed
    .filter((curve) => curve.length > 1)
    .map((curve) => average(curve.slice(0, own.length)));
  return averages.length >= MIN_CURVES && (own.at(-1) as number) > median(averages);
}

/**
 * Hyperband, as asynchronous successive halving: at 1, 3, 9, ... times `minResource` epochs a job goes on only if it is in the best
 * third of those that came so far, and beyond `maxResource` not at all: one that ends there by itself completes.
 * Source: Li et al., A System for Massively Parallel Hyperparameter Tuning (2020).
 *
 * @param others curves of all other jobs, running ones among them
 */
export function hyperbandStops(
  own: Curve,
  others: readonly Curve[],
  { minResource, maxResource }: { minResource: number; maxResource: number },
): boolean {
  const epochs = own.length;
  if (epochs > maxResource) return true;
  if (!isRung(epochs, minResource)) return false;
  const loss = Math.min(...own);
  const atRung = others.filter((curve) => curve.length >= epochs);
  const better = atRung.filter((curve) => Math.min(...curve.slice(0, epochs)) < loss).length;
  return better >= Math.ceil((atRung.length + 1) / REDUCTION);
}

function isRung(epochs: number, minResource: number): boolean {
  for (let rung = minResource; rung <= epochs; rung *= REDUCTION) {
    if (rung === epochs) return true;
  }
  return false;
}

function average(values: Curve): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
