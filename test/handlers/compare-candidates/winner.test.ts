import { expect } from "chai";
import fc from "fast-check";
import { baseline } from "../../../handlers/compare-candidates/baseline.ts";
import type { Resampled } from "../../../handlers/compare-candidates/bootstrap.ts";
import {
  type PredictionFile,
  sharedLabels,
} from "../../../handlers/compare-candidates/predictions.ts";
import { scoreAll } from "../../../handlers/compare-candidates/scores.ts";
import { decide } from "../../../handlers/compare-candidates/winner.ts";

/** Samples around `value`, up and down by `spread`. */
function around(value: number, spread: number, shift = 0): Resampled {
  const samples = Float64Array.from(
    { length: 101 },
    (_, i) => value + spread * Math.sin(i + shift),
  );
  return { value, samples };
}

const rules = { metric: "rmse", margin: 0, confidence: 0.95 } as const;
const contender = (key: string, resampled: Resampled, cost = 1) => ({ key, resampled, cost });
const poor = around(9, 0.1);

describe("winner of a comparison", () => {
  it("is the best score where every interval of the difference lies above 0", () => {
    const verdict = decide(
      [contender("linear", around(2.2, 0.1)), contender("trees", around(1.9, 0.1, 1))],
      poor,
      rules,
    );

    expect(verdict).to.include({ outcome: "winner", winner: "trees", best: "trees" });
    expect(verdict.comparisons[0]?.against).to.equal("linear");
    expect(verdict.comparisons[0]?.gain).to.be.closeTo(0.3, 1e-9);
    expect(verdict.reason).to.equal("trees is clearly better than every other candidate");
  });

  it("looks the other way where greater is better", () => {
    const verdict = decide(
      [contender("a", around(0.9, 0.001)), contender("b", around(0.7, 0.001))],
      around(0.5, 0.001),
      { ...rules, metric: "auc" },
    );

    expect(verdict.winner).to.equal("a");
  });

  it("is none where the interval of the difference spans 0: the cheaper one is named", () => {
    const verdict = decide(
      [contender("trees", around(1.9, 0.5, 2), 9), contender("linear", around(2, 0.5), 3)],
      poor,
      rules,
    );

    expect(verdict).to.include({ outcome: "no clear winner", winner: null, best: "trees" });
    expect(verdict.cheapest).to.equal("linear");
    expect(verdict.reason).to.match(/by chance alone/);
  });

  it("is none where the gain is below the margin, however sure it is", () => {
    const contenders = [contender("a", around(1.9, 0)), contender("b", around(2, 0))];

    expect(decide(contenders, poor, { ...rules, margin: 0.2 }).reason).to.equal(
      "a is better than b, but by less than the margin of 0.2",
    );
    expect(decide(contenders, poor, { ...rules, margin: 0.05 }).winner).to.equal("a");
  });

  it("is none where the best is no better than a guess", () => {
    const verdict = decide(
      [contender("a", around(2, 0.01)), contender("b", around(3, 0.01))],
      around(2.01, 0.5),
      rules,
    );

    expect(verdict.winner).to.equal(null);
    expect(verdict.againstBaseline.clear).to.equal(false);
    expect(verdict.reason).to.match(/not clearly better than a guess/);
  });

  it("must beat all others, each with a wider interval the more there are", () => {
    const unsure = contender("unsure", around(2.4, 0.6, 1));
    const two = [contender("a", around(1.9, 0)), unsure];
    const three = [...two, contender("bad", around(5, 0))];

    const narrow = decide(two, poor, rules).comparisons[0]?.interval;
    const verdict = decide(three, poor, rules);

    const wide = verdict.comparisons.find(({ against }) => against === "unsure")?.interval;
    expect(Number(wide?.low)).to.be.below(Number(narrow?.low));
    expect(verdict.outcome).to.equal("no clear winner");
    expect(verdict.cheapest).to.equal("a");
  });

  it("does not hang on the order of candidates, and equal ones have none", () => {
    const score = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(score, { selector: ([v]) => v, minLength: 2, maxLength: 6 }),
        (all) => {
          const contenders = all.map(([value, spread], i) =>
            contender(`c${i}`, around(value, spread, i), i),
          );
          const forward = decide(contenders, poor, rules);
          const backward = decide([...contenders].reverse(), poor, rules);
          expect(forward.winner).to.equal(backward.winner);
          expect(forward.best).to.equal(backward.best);
          expect(forward.cheapest).to.equal(backward.cheapest);
        },
      ),
    );
    const same = around(1, 0.3);
    expect(decide([contender("x", same), contender("y", same)], poor, rules).winner).to.equal(null);
  });

  it("comes out of predictions: the model that is right wins over the one that is not", () => {
    const labels = Array.from({ length: 300 }, (_, i) => (i * 37) % 50);
    const truth = { task: "regression", labels, classCount: 0 } as const;
    const sets = {
      near: { values: labels.map((label, i) => label + Math.sin(i)) },
      far: { values: labels.map((label, i) => label + 3 * Math.sin(i + 1)) },
      baseline: baseline("regression", { labelMean: 24.5, classes: null }, 300, 0),
    };

    const scored = scoreAll(truth, sets, { resamples: 200, confidence: 0.95, seed: 1 });

    const entry = (key: "near" | "far") => contender(key, scored[key].resampled.rmse as Resampled);
    const verdict = decide(
      [entry("far"), entry("near")],
      scored.baseline.resampled.rmse as Resampled,
      rules,
    );
    expect(verdict.winner).to.equal("near");
    expect(scored.near.scores.rmse?.value).to.be.closeTo(Math.SQRT1_2, 0.02);
    expect(scored.near.scores.r2?.value).to.be.above(0.99);
    expect(Math.abs(scored.baseline.scores.r2?.value ?? 1)).to.be.below(0.01);
    expect(scored.near.scores).to.have.all.keys("rmse", "mae", "r2");
  });
});

describe("the baseline", () => {
  it("says the class that most training rows have, and how many have each", () => {
    const guess = baseline("multiclass", { labelMean: null, classes: { 0: 10, 2: 30 } }, 2, 3);

    expect(guess.values).to.deep.equal([2, 2]);
    expect(guess.probabilities?.[1]).to.deep.equal([0.25, 0, 0.75]);
  });

  it("needs what the ETL report says", () => {
    expect(() => baseline("regression", { labelMean: null, classes: null }, 1, 0)).to.throw(/mean/);
    expect(() => baseline("binary", { labelMean: 1, classes: null }, 1, 2)).to.throw(/each class/);
  });
});

describe("predictions of candidates", () => {
  const file: PredictionFile = { labels: [1, 2], values: [1, 1] };

  it("are of the same rows", () => {
    expect(sharedLabels({ a: file, b: { labels: [1, 2], values: [0, 0] } })).to.deep.equal([1, 2]);
    expect(() => sharedLabels({ a: file, b: { labels: [1, 3], values: [0, 0] } })).to.throw(
      "b was not asked about the same test rows as a",
    );
    expect(() => sharedLabels({ a: file, b: { labels: [1], values: [0] } })).to.throw(/same test/);
    expect(() => sharedLabels({ a: { ...file, values: [1] } })).to.throw(
      "1 predictions for 2 rows",
    );
    expect(() => sharedLabels({})).to.throw("no candidate has predictions");
  });
});
