import { expect } from "chai";
import fc from "fast-check";
import { bayesianSearch } from "../../../local/sagemaker/tuning/bayesian-search.ts";
import { GaussianProcess } from "../../../local/sagemaker/tuning/gaussian-process.ts";
import { readParameterRanges } from "../../../local/sagemaker/tuning/parameter-ranges.ts";
import {
  type Hyperparameters,
  ParameterSpace,
} from "../../../local/sagemaker/tuning/parameter-space.ts";
import { randomNumbers } from "../../../local/sagemaker/tuning/random-numbers.ts";
import {
  gridSearch,
  keyOf,
  randomSearch,
  type Search,
} from "../../../local/sagemaker/tuning/search.ts";
import { hyperbandStops, isBelowMedian } from "../../../local/sagemaker/tuning/stop-rules.ts";

const space = new ParameterSpace(
  readParameterRanges({
    ContinuousParameterRanges: [
      { Name: "eta", MinValue: "1e-4", MaxValue: "1", ScalingType: "Auto" },
      { Name: "momentum", MinValue: "0.5", MaxValue: "0.999", ScalingType: "ReverseLogarithmic" },
    ],
    IntegerParameterRanges: [{ Name: "depth", MinValue: "2", MaxValue: "9" }],
    CategoricalParameterRanges: [{ Name: "booster", Values: ["gbtree", "dart"] }],
  }),
);

describe("the parameter space of a tuning job", () => {
  const seeds = fc.integer();

  it("has values within their ranges only, near others too", () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const next = randomNumbers(seed);
        let values = space.random(next);
        for (let i = 0; i < 20; i++) {
          expect(Number(values["eta"])).within(1e-4, 1);
          expect(Number(values["momentum"])).within(0.5, 0.999);
          expect(values["depth"]).match(/^[2-9]$/);
          expect(values["booster"]).oneOf(["gbtree", "dart"]);
          values = space.near(values, next);
        }
      }),
    ));

  it("gives a model numbers of the order of 1", () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const features = space.features(space.random(randomNumbers(seed)));

        expect(features).length(5);
        for (const feature of features) expect(feature).within(-1e-9, 1 + 1e-9);
      }),
    ));

  it("is drawn from evenly on its scales", () => {
    const next = randomNumbers(1);
    const drawn = Array.from({ length: 2000 }, () => space.random(next));
    const share = (condition: (values: Hyperparameters) => boolean) =>
      drawn.filter(condition).length / drawn.length;

    expect(share(({ eta }) => Number(eta) < 1e-2)).within(0.45, 0.55);
    expect(share(({ momentum }) => Number(momentum) < 1 - Math.sqrt(0.5 * 0.001))).within(
      0.45,
      0.55,
    );
    expect(share(({ depth }) => depth === "2")).within(0.1, 0.15);
    expect(share(({ booster }) => booster === "dart")).within(0.45, 0.55);
  });

  it("knows its size", () => {
    const depth = { Name: "depth", MinValue: "2", MaxValue: "9" };
    const categories = { Name: "booster", Values: ["gbtree", "dart", "gbtree"] };
    const sizeOf = (ranges: Parameters<typeof readParameterRanges>[0]) =>
      new ParameterSpace(readParameterRanges(ranges)).size;

    expect(space.size).equal(Number.POSITIVE_INFINITY);
    expect(
      sizeOf({ IntegerParameterRanges: [depth], CategoricalParameterRanges: [categories] }),
    ).equal(16);
  });

  for (const [what, range] of [
    ["above MaxValue", { MinValue: "2", MaxValue: "1" }],
    ['"two" is no number', { MinValue: "two", MaxValue: "3" }],
    ['"" is no number', { MinValue: "", MaxValue: "3" }],
    ["needs values above 0", { MinValue: "0", MaxValue: "1", ScalingType: "Logarithmic" }],
    ["within 0 <= x < 1", { MinValue: "0", MaxValue: "1", ScalingType: "ReverseLogarithmic" }],
  ] as const) {
    it(`is refused: ${what}`, () => {
      const ranges = { ContinuousParameterRanges: [{ Name: "eta", ...range }] };

      expect(() => readParameterRanges(ranges)).throw(what);
    });
  }

  it("is refused without a range, with two of one name, and with half an integer", () => {
    const depth = { Name: "depth", MinValue: "2", MaxValue: "9" };
    expect(() => readParameterRanges({})).throw("1 to 30 ranges");
    expect(() => readParameterRanges({ IntegerParameterRanges: [depth, depth] })).throw(
      "depth, depth",
    );
    expect(() =>
      readParameterRanges({ IntegerParameterRanges: [{ ...depth, MinValue: "2.5" }] }),
    ).throw('"2.5" is no integer');
  });
});

describe("a Gaussian process", () => {
  it("knows what it has seen and is unsure of the rest", () => {
    const points = [[0], [0.2], [0.4], [0.6], [1]];
    const values = points.map(([x = 0]) => 10 + Math.sin(6 * x));
    const model = new GaussianProcess(points, values);

    for (const [i, point] of points.entries()) {
      expect(model.predict(point).mean).closeTo(values[i] as number, 0.05);
      expect(model.predict(point).deviation).lessThan(0.1);
    }
    expect(model.predict([0.3]).mean).closeTo(10 + Math.sin(1.8), 0.3);
    expect(model.predict([0.8]).deviation).greaterThan(model.predict([0.3]).deviation);
  });

  it("takes values that are all alike", () => {
    expect(new GaussianProcess([[0], [1]], [5, 5]).predict([0.5]).mean).closeTo(5, 1e-9);
  });
});

describe("the searches of a tuning job", () => {
  /** Losses of so many trials, one after another. */
  function trials(search: Search, count: number, lossOf: (values: Hyperparameters) => number) {
    const observed: { values: Hyperparameters; loss: number }[] = [];
    for (let i = 0; i < count; i++) {
      const values = search({ observed, pending: [], tried: observed.map((item) => item.values) });
      if (values) observed.push({ values, loss: lossOf(values) });
    }
    return observed;
  }

  /** Least at eta 0.01, depth 6, dart. */
  const loss = ({ eta, depth, booster }: Hyperparameters) =>
    (Math.log10(Number(eta)) + 2) ** 2 +
    ((Number(depth) - 6) / 4) ** 2 +
    (booster === "dart" ? 0 : 0.5);

  it("find more by Bayesian optimization than at random, whatever the seed", () => {
    const best = (make: typeof bayesianSearch, seed: number) =>
      Math.min(...trials(make(space, randomNumbers(seed)), 25, loss).map((item) => item.loss));
    const seeds = [1, 2, 3, 4, 5];
    const total = (make: typeof bayesianSearch) =>
      seeds.reduce((sum, seed) => sum + best(make, seed), 0);

    expect(total(bayesianSearch)).lessThan(total(randomSearch) / 2);
  });

  it("repeat themselves for the same seed, and try nothing twice", () => {
    for (const make of [bayesianSearch, randomSearch]) {
      const first = trials(make(space, randomNumbers(7)), 12, loss);

      expect(trials(make(space, randomNumbers(7)), 12, loss)).deep.equal(first);
      expect(trials(make(space, randomNumbers(8)), 12, loss)).not.deep.equal(first);
      expect(new Set(first.map(({ values }) => keyOf(values))).size).equal(12);
    }
  });

  it("end when all has been tried", () => {
    const small = new ParameterSpace(
      readParameterRanges({
        CategoricalParameterRanges: [
          { Name: "a", Values: ["1", "2"] },
          { Name: "b", Values: ["x", "y", "z"] },
        ],
      }),
    );
    const next = randomNumbers(1);
    for (const search of [
      gridSearch(small),
      randomSearch(small, next),
      bayesianSearch(small, next),
    ]) {
      const made = trials(search, 9, ({ a }) => Number(a));

      expect(new Set(made.map(({ values }) => keyOf(values))).size).equal(6);
      expect(made).length(6);
    }
  });

  it("propose something else for each of the trials that go on together", () => {
    const search = bayesianSearch(space, randomNumbers(3));
    const observed = trials(search, 6, loss);
    const pending: Hyperparameters[] = [];
    for (let i = 0; i < 4; i++) {
      const tried = [...observed.map(({ values }) => values), ...pending];
      pending.push(search({ observed, pending, tried }) as Hyperparameters);
    }

    expect(new Set(pending.map(keyOf)).size).equal(4);
  });
});

describe("early stopping", () => {
  const completed = [
    [9, 3, 1],
    [9, 5, 3],
    [9, 7, 5],
  ];

  for (const [own, stops] of [
    [[9, 6.9], false], // The median of the averages 6, 7 and 8 is 7.
    [[9, 7.1], true],
    [[9, 1, 7], true], // It is 5.67 at the third epoch.
  ] as const) {
    it(`by the median rule ${stops ? "ends" : "spares"} ${own.join(", ")}`, () => {
      expect(isBelowMedian(own, completed)).equal(stops);
    });
  }

  it("by the median rule needs three curves, of more than one value each", () => {
    expect(isBelowMedian([9, 100], completed.slice(1))).equal(false);
    expect(isBelowMedian([100], [[1], [1], [1]])).equal(false);
  });

  for (const [own, others, stops, why] of [
    [[5], [], false, "the first at a rung"],
    [[5], [[4]], true, "worse than the only other"],
    [[5], [[6], [7], [4], [8]], false, "second of five"],
    [[5], [[6], [3], [4], [8]], true, "third of five"],
    [
      [5, 5],
      [
        [1, 1],
        [1, 1],
      ],
      false,
      "between the rungs",
    ],
    [
      [5, 5, 5],
      [
        [1, 1],
        [9, 9, 9],
      ],
      false,
      "best of those that came so far",
    ],
    [[5, 5, 5], [[1, 1, 1]], true, "worse at the second rung"],
    [[1, 1, 1, 1, 1], [], false, "its last epoch"],
    [[1, 1, 1, 1, 1, 1], [], true, "more epochs than it may have"],
  ] as [number[], number[][], boolean, string][]) {
    it(`by Hyperband ${stops ? "ends" : "spares"}: ${why}`, () => {
      expect(hyperbandStops(own, others, { minResource: 1, maxResource: 5 })).equal(stops);
    });
  }
});
