import type { Evaluator } from "./evaluators.ts";

/**
 * Area under the receiver operating characteristic: how probable it is that a row of class 1 has a higher score than one of
 * class 0, ties counted half. NaN where the rows are of one class.
 */
export function areaUnderCurve(labels: number[], scores: number[]): Evaluator {
  // sorted once: weights change how often a row counts, not where it stands
  const order = Uint32Array.from(scores.keys()).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  return (weights) => {
    let negatives = 0;
    let positives = 0;
    let pairs = 0;
    for (let start = 0; start < order.length; ) {
      const score = scores[order[start] as number];
      let tiedNegatives = 0;
      let tiedPositives = 0;
      let end = start;
      for (; end < order.length && scores[order[end] as number] === score; end++) {
        const row = order[end] as number;
        if (labels[row] === 1) tiedPositives += weights[row] as number;
        else tiedNegatives += weights[row] as number;
      }
      pairs += tiedPositives * (negatives + tiedNegatives / 2);
      negatives += tiedNegatives;
      positives += tiedPositives;
      start = end;
    }
    return positives > 0 && negatives > 0 ? pairs / (positives * negatives) : NaN;
  };
}
