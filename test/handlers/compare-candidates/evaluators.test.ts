import { expect } from "chai";
import fc from "fast-check";
import type { ComparisonMetric } from "../../../components/comparison-metrics.ts";
import { evaluatorOf, type Truth } from "../../../handlers/compare-candidates/evaluators.ts";
import type { Predictions } from "../../../handlers/compare-candidates/predictions.ts";

const regression: Truth = { task: "regression", labels: [3, -0.5, 2, 7, 4.2], classCount: 0 };
const ofRegression: Predictions = { values: [2.5, 0, 2, 8, 4] };
const binary: Truth = { task: "binary", labels: [0, 1, 1, 0, 1, 0], classCount: 2 };
const ofBinary: Predictions = {
  values: [0, 1, 0, 0, 1, 1],
  probabilities: [0.1, 0.9, 0.4, 0.4, 0.8, 0.6].map((p) => [1 - p, p]),
};
const multiclass: Truth = { task: "multiclass", labels: [0, 1, 2, 2, 1, 0], classCount: 3 };
const ofMulticlass: Predictions = {
  values: [0, 2, 2, 2, 1, 1],
  probabilities: [
    [0.7, 0.2, 0.1],
    [0.1, 0.3, 0.6],
    [0, 0.2, 0.8],
    [0.3, 0.3, 0.4],
    [0.2, 0.5, 0.3],
    [0.3, 0.6, 0.1],
  ],
};

function score(metric: ComparisonMetric, truth: Truth, given: Predictions, weights: number[]) {
  const evaluate = evaluatorOf(metric, truth, given);
  if (evaluate === undefined) throw new Error(`${metric} has no evaluator`);
  return evaluate(Float64Array.from(weights));
}

describe("scores of predictions", () => {
  // what scikit-learn 1.6.1 gives for the same rows, without weights and with them
  const cases: [ComparisonMetric, Truth, Predictions, number[], number, number][] = [
    ["rmse", regression, ofRegression, [1, 2, 0, 3, 1], 0.5549774770204643, 0.7358183005529092],
    ["mae", regression, ofRegression, [1, 2, 0, 3, 1], 0.44, 0.6714285714285715],
    ["r2", regression, ofRegression, [1, 2, 0, 3, 1], 0.9496600418410042, 0.9446299620152774],
    ["accuracy", binary, ofBinary, [1, 2, 3, 1, 0, 2], 2 / 3, 0.4444444444444444],
    ["f1", binary, ofBinary, [1, 2, 3, 1, 0, 2], 2 / 3, 0.4444444444444444],
    ["auc", binary, ofBinary, [1, 2, 3, 1, 0, 2], 0.8333333333333333, 0.625],
    ["log_loss", binary, ofBinary, [1, 2, 3, 1, 0, 2], 0.46287861169069383, 0.6009289811233605],
    ["accuracy", multiclass, ofMulticlass, [1, 2, 3, 1, 1, 2], 2 / 3, 0.6],
    ["f1", multiclass, ofMulticlass, [1, 2, 3, 1, 1, 2], 0.6555555555555556, 0.5444444444444444],
    [
      "log_loss",
      multiclass,
      ofMulticlass,
      [1, 2, 3, 1, 1, 2],
      0.7662003360564857,
      0.7451434727619206,
    ],
  ];
  for (const [metric, truth, given, weights, plain, weighted] of cases) {
    it(`gives the ${metric} of ${truth.task}, each row once or as often as its weight says`, () => {
      const once = truth.labels.map(() => 1);

      expect(score(metric, truth, given, once)).to.be.closeTo(plain, 1e-12);
      expect(score(metric, truth, given, weights)).to.be.closeTo(weighted, 1e-12);
    });
  }

  it("need probabilities where the class alone says too little", () => {
    const classes = { values: ofBinary.values };

    expect(evaluatorOf("auc", binary, classes)).to.equal(undefined);
    expect(evaluatorOf("log_loss", binary, classes)).to.equal(undefined);
  });

  it("are not a number where rows do not define them, rather than a perfect or a worst score", () => {
    const once = [1, 1, 1, 1, 1, 1];
    const positive: Truth = { ...binary, labels: [1, 1, 1, 1, 1, 1] };
    const constant: Truth = { ...regression, labels: [2, 2, 2, 2, 2] };

    expect(score("auc", positive, ofBinary, once)).to.be.NaN;
    expect(score("r2", constant, ofRegression, once)).to.be.NaN;
    expect(score("rmse", regression, { values: [1] }, once)).to.be.NaN;
  });

  it("bear certain mistakes, and classes that training never met", () => {
    const certain: Predictions = { values: [1], probabilities: [[0, 1]] };
    const truth: Truth = { task: "multiclass", labels: [2], classCount: 3 };

    expect(score("log_loss", truth, certain, [1])).to.be.closeTo(36.04, 0.01);
    expect(score("f1", truth, { values: [7] }, [1])).to.equal(0);
  });

  it("count a row with weight 2 as two rows", () => {
    const row = fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      score: fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
      weight: fc.integer({ min: 0, max: 4 }),
    });
    const metrics: ComparisonMetric[] = ["accuracy", "f1", "auc", "log_loss"];
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const repeated = rows.flatMap((each) => new Array<typeof each>(each.weight).fill(each));
        for (const metric of metrics) {
          const weighted = scoreRows(
            rows,
            metric,
            rows.map(({ weight }) => weight),
          );
          const plain = scoreRows(
            repeated,
            metric,
            repeated.map(() => 1),
          );
          if (Number.isNaN(plain)) expect(weighted).to.be.NaN;
          else expect(weighted).to.be.closeTo(plain, 1e-9);
        }
      }),
    );
  });
});

function scoreRows(
  rows: { label: number; score: number }[],
  metric: ComparisonMetric,
  weights: number[],
): number {
  const truth: Truth = { task: "binary", labels: rows.map(({ label }) => label), classCount: 2 };
  const given: Predictions = {
    values: rows.map((row) => (row.score >= 0.5 ? 1 : 0)),
    probabilities: rows.map((row) => [1 - row.score, row.score]),
  };
  return score(metric, truth, given, weights);
}
