import { expect } from "chai";
import fc from "fast-check";
import {
  bootstrap,
  interval,
  type Resampled,
} from "../../../handlers/compare-candidates/bootstrap.ts";
import type { Evaluator } from "../../../handlers/compare-candidates/evaluators.ts";
import { randomIntegers } from "../../../handlers/compare-candidates/random.ts";
import { gain } from "../../../handlers/compare-candidates/scores.ts";

function meanOf(values: readonly number[]): Evaluator {
  return (weights) => {
    const total = values.reduce((sum, _, row) => sum + (weights[row] as number), 0);
    return values.reduce((sum, value, row) => sum + value * (weights[row] as number), 0) / total;
  };
}

function normals(count: number, seed: number): number[] {
  const draw = randomIntegers(seed);
  const uniform = () => (draw(1e9) + 0.5) / 1e9;
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

describe("bootstrap", () => {
  const values = normals(200, 5);
  const options = { resamples: 400, seed: 7 };

  it("gives the same samples for the same seed, and others for another", () => {
    const [one] = bootstrap([meanOf(values)], 200, options);
    const [again] = bootstrap([meanOf(values)], 200, options);
    const [other] = bootstrap([meanOf(values)], 200, { ...options, seed: 8 });

    expect(one).to.deep.equal(again);
    expect(one?.samples).not.to.deep.equal(other?.samples);
    expect(one?.value).to.equal(other?.value);
  });

  it("draws as many rows as there are, the same ones for every score", () => {
    const totals: number[] = [];
    const count: Evaluator = (weights) => {
      let total = 0;
      for (const weight of weights) total += weight;
      totals.push(total);
      return 0;
    };

    const [mean, shifted] = bootstrap(
      [meanOf(values), meanOf(values.map((value) => value + 3)), count],
      200,
      options,
    ) as [Resampled, Resampled, Resampled];

    expect(new Set(totals)).to.deep.equal(new Set([200]));
    for (const sample of gain("r2", shifted, mean).samples) {
      expect(sample).to.be.closeTo(3, 1e-9);
    }
  });

  it("covers the truth about as often as it says", () => {
    let covered = 0;
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const sample = normals(60, 1000 + trial);
      const [mean] = bootstrap([meanOf(sample)], 60, { resamples: 200, seed: trial });
      const range = interval(mean as Resampled, 0.9);
      if (range && range.low <= 0 && 0 <= range.high) covered++;
    }

    // of 200 trials at 90 % all but one in 10,000 sets lie in here; percentile intervals are a little narrow
    expect(covered / trials).to.be.within(0.8, 0.97);
  });

  it("leaves out resamples that do not define the score, and says nothing where most do not", () => {
    const resampled = (samples: number[]) => ({ value: 1, samples: Float64Array.from(samples) });

    expect(interval(resampled([NaN, 1, 2, 3]), 0.5)).to.deep.equal({ low: 1.5, high: 2.5 });
    expect(interval(resampled([NaN, NaN, NaN, 3]), 0.5)).to.equal(undefined);
    expect(interval(resampled([]), 0.5)).to.equal(undefined);
  });

  it("has wider intervals for more confidence, within the samples", () => {
    const samples = fc
      .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 })
      .map((array) => Float64Array.from(array));
    fc.assert(
      fc.property(samples, (given) => {
        const narrow = interval({ value: 0, samples: given }, 0.5);
        const wide = interval({ value: 0, samples: given }, 0.95);
        if (!narrow || !wide) throw new Error("no interval");
        expect(wide.low).to.be.at.least(Math.min(...given));
        expect(wide.low).to.be.at.most(narrow.low + 1e-9);
        expect(narrow.low).to.be.at.most(narrow.high);
        expect(narrow.high).to.be.at.most(wide.high + 1e-9);
        expect(wide.high).to.be.at.most(Math.max(...given));
      }),
    );
  });

  it("draws every number below the limit about equally often", () => {
    const draw = randomIntegers(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const drawn = draw(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }

    for (const count of counts) expect(count).to.be.within(9500, 10_500);
  });
});
