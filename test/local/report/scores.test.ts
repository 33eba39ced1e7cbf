import { expect } from "chai";
import { scoreBinary } from "../../../handlers/report-page/binary-scores.ts";
import { scoreClasses } from "../../../handlers/report-page/class-scores.ts";
import { scoreRegression } from "../../../local/report/regression-scores.ts";

describe("scoreRegression", () => {
  it("gives errors in the label's unit, and the share of variance explained", () => {
    const { rmse, mae, r2 } = scoreRegression([1, 2, 3, 4], [2, 2, 3, 2]);

    expect(mae).to.equal(0.75);
    expect(rmse).to.be.closeTo(Math.sqrt(5 / 4), 1e-12);
    expect(r2).to.equal(0); // no better than the mean: 1.25 of 1.25
  });

  it("knows no share of variance where labels are all alike", () => {
    expect(scoreRegression([2, 2], [1, 3]).r2).to.be.NaN;
  });

  it("draws a part of many rows, from first to last", () => {
    const labels = Array.from({ length: 1000 }, (_, i) => i);

    const { points, rows } = scoreRegression(labels, labels);

    expect(rows).to.equal(1000);
    expect(points).to.have.length.within(300, 400);
    expect(points.at(-1)?.label).to.equal(999);
  });

  it("refuses labels and answers of different lengths", () => {
    expect(() => scoreRegression([1], [])).to.throw(RangeError, "1 labels and 0 answers");
  });
});

describe("scoreClasses", () => {
  it("counts answers by label, and knows classes that were answered or asked only", () => {
    const scores = scoreClasses([0, 0, 2, 5], [0, 2, 2, 0]);

    expect(scores.classes).to.deep.equal([0, 2, 5]);
    expect(scores.counts).to.deep.equal([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(scores.accuracy).to.equal(0.5);
  });
});

describe("scoreBinary of a model that decides by itself", () => {
  it("counts the model's own answers", () => {
    const scores = scoreBinary([1, 0], [0.3, 0.2], [1, 0]);

    expect(scores).to.include({ truePositives: 1, trueNegatives: 1, accuracy: 1, auc: 1 });
  });
});
