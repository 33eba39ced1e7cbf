/** How a binary classifier did on rows that it was not trained on. Class 1 is the positive one. */
export interface BinaryScores {
  rows: number;
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
  accuracy: number;
  /** Area under the ROC curve; NaN where the rows are all of one class. */
  auc: number;
  roc: RocPoint[];
}

/** Rates at one cut of the score, each from 0 to 1. */
export interface RocPoint {
  falsePositiveRate: number;
  truePositiveRate: number;
}

/**
 * @param labels 0 or 1
 * @param scores probability of class 1, as many as labels
 * @param threshold a row counts as class 1 from this score on
 * @throws RangeError when the lengths differ or there is no row
 */
export function scoreBinary(labels: number[], scores: number[], threshold = 0.5): BinaryScores {
  if (labels.length === 0 || labels.length !== scores.length) {
    throw new RangeError(`${labels.length} labels and ${scores.length} scores cannot be compared`);
  }
  const count = (label: number, predicted: boolean) =>
    labels.filter((l, i) => l === label && (scores[i] as number) >= threshold === predicted).length;
  const truePositives = count(1, true);
  const trueNegatives = count(0, false);
  const roc = rocCurve(labels, scores);
  return {
    rows: labels.length,
    truePositives,
    trueNegatives,
    falsePositives: count(0, true),
    falseNegatives: count(1, false),
    accuracy: (truePositives + trueNegatives) / labels.length,
    auc: areaUnder(roc),
    roc,
  };
}

function rocCurve(labels: number[], scores: number[]): RocPoint[] {
  const order = labels
    .map((_, i) => i)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  let truePositives = 0;
  let falsePositives = 0;
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  order.forEach((row, rank) => {
    if (labels[row] === 1) truePositives += 1;
    else falsePositives += 1;
    // Rows of one score are told apart by no cut: one point for all of them.
    const next = order[rank + 1];
    if (next !== undefined && scores[next] === scores[row]) return;
    points.push({
      falsePositiveRate: falsePositives / negatives,
      truePositiveRate: truePositives / positives,
    });
  });
  return points;
}

function areaUnder(roc: RocPoint[]): number {
  return roc.slice(1).reduce((area, point, i) => {
    const before = roc[i] as RocPoint;
    const width = point.falsePositiveRate - before.falsePositiveRate;
    return area + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
  }, 0);
}
