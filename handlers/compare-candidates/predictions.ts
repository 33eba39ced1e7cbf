/** What a model said of the test rows, one entry a row. */
export interface Predictions {
  /** Of regression, the number; else the class. */
  values: number[];
  /** Probability of each class, a row of them for each test row; absent where the model tells classes alone. */
  probabilities?: number[][];
}

/** What a candidate's predictions are kept as, `predictions.json`. */
export interface PredictionFile extends Predictions {
  /** What stands in the test rows. */
  labels: number[];
}

/**
 * The labels of the test rows, the same for every candidate.
 *
 * @throws Error where candidates were not asked about the same rows: nothing that follows would mean anything
 */
export function sharedLabels(files: Readonly<Record<string, PredictionFile>>): number[] {
  const [first, ...others] = Object.entries(files);
  if (first === undefined) throw new Error("no candidate has predictions");
  const [name, { labels }] = first;
  for (const [other, file] of others) {
    const differs =
      file.labels.length !== labels.length ||
      file.labels.some((label, row) => label !== labels[row]);
    if (differs) throw new Error(`${other} was not asked about the same test rows as ${name}`);
  }
  for (const [candidate, file] of Object.entries(files)) checkLength(candidate, file);
  return labels;
}

function checkLength(candidate: string, { labels, values, probabilities }: PredictionFile) {
  for (const given of [values, probabilities ?? values]) {
    if (given.length !== labels.length) {
      throw new Error(`${candidate} has ${given.length} predictions for ${labels.length} rows`);
    }
  }
}
