import { expect } from "chai";
import fc from "fast-check";
import { scoreBinary } from "../../../handlers/report-page/binary-scores.ts";

const rows = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: 2,
  maxLength: 60,
});

describe("scoreBinary", () => {
  it("counts each kind of hit and miss at the threshold", () => {
    const scores = scoreBinary([1, 1, 0, 0, 1], [0.9, 0.5, 0.6, 0.1, 0.2]);

    expect(scores).to.include({
      rows: 5,
      truePositives: 2,
      falsePositives: 1,
      trueNegatives: 1,
      falseNegatives: 1,
      accuracy: 0.6,
    });
  });

  for (const [what, labels, scores, auc] of [
    ["1 for a perfect order", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], 1],
    ["0 for the reverse", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9], 0],
    ["one half where all scores are equal", [0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3], 0.5],
    ["3/4 with one pair of four swapped", [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], 0.75],
  ] as const) {
    it(`gives an area under the curve of ${what}`, () => {
      expect(scoreBinary([...labels], [...scores]).auc).to.be.closeTo(auc, 1e-12);
    });
  }

  it("gives the share of pairs that are ordered right as the area, ties as half", () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const labels = pairs.map(([label]) => label);
        const values = pairs.map(([, score]) => score);
        const positives = values.filter((_, i) => labels[i] === 1);
        const negatives = values.filter((_, i) => labels[i] === 0);
        fc.pre(positives.length > 0 && negatives.length > 0);
        const won = positives.flatMap((p) =>
          negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)),
        );

        const { auc } = scoreBinary(labels, values);

        expect(auc).to.be.closeTo(won.reduce((a, b) => a + b, 0) / won.length, 1e-9);
      }),
    );
  });

  it("refuses labels and scores of different lengths", () => {
    expect(() => scoreBinary([1], [])).to.throw(RangeError, "1 labels and 0 scores");
  });
});
