/** How a regression did on rows that it was not trained on, in the label's unit. */
export interface RegressionScores {
  rows: number;
  /** Root of the mean squared error. */
  rmse: number;
  /** Mean absolute error. */
  mae: number;
  /** Share of the labels' variance that the model explains, 1 at most; NaN where all labels are alike. */
  r2: number;
  /** Label and prediction of some rows, evenly taken. */
  points: { label: number; predicted: number }[];
}

/** More of them hide each other. */
const drawnPoints = 400;

/** @throws RangeError when the lengths differ or there is no row */
export function scoreRegression(labels: number[], predicted: number[]): RegressionScores {
  if (labels.length === 0 || labels.length !== predicted.length) {
    throw new RangeError(
      `${labels.length} labels and ${predicted.length} answers cannot be compared`,
    );
  }
  const errors = labels.map((label, i) => (predicted[i] as number) - label);
  const center = mean(labels);
  const variance = mean(labels.map((label) => (label - center) ** 2));
  const squared = mean(errors.map((error) => error ** 2));
  const step = Math.ceil(labels.length / drawnPoints);
  return {
    rows: labels.length,
    rmse: Math.sqrt(squared),
    mae: mean(errors.map(Math.abs)),
    r2: variance === 0 ? Number.NaN : 1 - squared / variance,
    points: labels
      .map((label, i) => ({ label, predicted: predicted[i] as number }))
      .filter((_, i) => i % step === 0),
  };
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
