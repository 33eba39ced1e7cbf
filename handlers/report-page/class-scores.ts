/** How a classifier of any number of classes did on rows that it was not trained on. */
export interface ClassScores {
  rows: number;
  accuracy: number;
  /** Every class that is a label or an answer, in order. */
  classes: number[];
  /** Rows by label, then by answer, both as places in `classes`. */
  counts: number[][];
}

/** @throws RangeError when the lengths differ or there is no row */
export function scoreClasses(labels: number[], predicted: number[]): ClassScores {
  if (labels.length === 0 || labels.length !== predicted.length) {
    throw new RangeError(
      `${labels.length} labels and ${predicted.length} answers cannot be compared`,
    );
  }
  const classes = [...new Set([...labels, ...predicted])].sort((a, b) => a - b);
  const place = new Map(classes.map((name, i) => [name, i]));
  const counts = classes.map(() => classes.map(() => 0));
  labels.forEach((label, i) => {
    const row = counts[place.get(label) as number] as number[];
    const column = place.get(predicted[i] as number) as number;
    row[column] = (row[column] as number) + 1;
  });
  const right = labels.filter((label, i) => label === predicted[i]).length;
  return { rows: labels.length, accuracy: right / labels.length, classes, counts };
}
