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
 * @param scores the greater, the more likely class 1; as many as labels
 * @param predicted the model's own answers, 0 or 1
 * @throws RangeError when the lengths differ or there is no row
 */
export function scoreBinary(
  labels: number[],
  scores: number[],
  predicted: number[] = scores.map((score) => (score >= 0.5 ? 1 : 0)),
): BinaryScores {
  if (labels.length === 0 || labels.length !== scores.length) {
    throw new RangeError(`${labels.length} labels and ${scores.length} scores cannot be compared`);
  }
  const count = (label: number, answer: number) =>
    labels.filter((l, i) => l === label && predicted[i] === answer).length;
  const truePositives = count(1, 1);
  const trueNegatives = count(0, 0);
  const roc = rocPoints(labels, scores);
  return {
    rows: labels.length,
    truePositives,
    trueNegatives,
    falsePositives: count(0, 1),
    falseNegatives: count(1, 0),
    accuracy: (truePositives + trueNegatives) / labels.length,
    auc: areaUnder(roc),
    roc,
  };
}

/** From no row taken for class 1 to all of them. */
export function rocPoints(labels: number[], scores: number[]): RocPoint[] {
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
