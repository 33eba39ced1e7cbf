import { expect } from "chai";
import {
  checkHyperparameters,
  checkUnknownHyperparameters,
} from "../../../components/algorithms/check-hyperparameters.ts";
import { tinyAlgorithm } from "./tiny-algorithm.ts";

const forest = tinyAlgorithm({
  name: "forest",
  title: "Forest",
  versions: [{ name: "1" }, { name: "2" }, { name: "3" }],
  defaultVersion: "2",
  hyperparameters: {
    trees: { type: "integer", min: 1, max: 500, required: true, description: "number of trees" },
    rate: {
      type: "float",
      above: 0,
      below: 1,
      default: 0.5,
      aliases: ["speed"],
      description: "rate",
    },
    depth: { type: "integer", min: 0, literals: ["auto"], description: "depth" },
    kind: {
      type: "categorical",
      values: ["dry", "rain"],
      valueVersions: { rain: { since: "3" } },
      description: "kind",
    },
    scores: {
      type: "list",
      values: ["error", "auc"],
      withThreshold: ["error"],
      description: "scores",
    },
    limits: {
      type: "text",
      pattern: /^\(\d+\)$/,
      format: "a number in brackets",
      description: "limits",
    },
    modern: { type: "integer", since: "3", description: "new" },
    ancient: { type: "integer", until: "1", description: "old" },
  },
  rules: [
    ({ hyperparameters: { kind, depth } }) =>
      kind === "dry" && depth === undefined
        ? { hyperparameter: "depth", rule: "required when kind is dry", remedy: "add depth: auto" }
        : undefined,
    ({ hyperparameters: { rate } }) =>
      rate === "0.9" ? { hyperparameter: "rate", rule: "not 0.9", remedy: "write 0.8" } : undefined,
  ],
  metricsFollow: ["scores"],
});

function check(given: Record<string, unknown>, version = "2") {
  return checkHyperparameters(forest, version, given);
}

describe("checkHyperparameters", () => {
  it("gives texts under the container's own names", () => {
    const given = {
      trees: 10,
      speed: 1e-7,
      depth: "auto",
      scores: ["auc", "error@0.7"],
      limits: "(3)",
    };

    expect(check(given)).to.deep.equal({
      hyperparameters: {
        trees: "10",
        rate: "0.0000001",
        depth: "auto",
        scores: "auc,error@0.7",
        limits: "(3)",
      },
      problems: [],
    });
  });

  for (const [given, hyperparameter, received, rule, remedy] of [
    [{}, "trees", undefined, "required by Forest: number of trees", "add it, such as trees: 100"],
    [{ trees: 0 }, "trees", 0, "a whole number from 1 to 500", "raise it to 1 at least"],
    [{ trees: "501" }, "trees", "501", "a whole number from 1 to 500", "lower it to 500 at most"],
    [{ trees: 1.5 }, "trees", 1.5, "a whole number from 1 to 500", "write such a number"],
    [{ trees: "1e2" }, "trees", "1e2", "a whole number from 1 to 500", "write such a number"],
    [{ trees: "" }, "trees", "", "a whole number from 1 to 500", "write such a number"],
    [{ trees: true }, "trees", true, "a whole number from 1 to 500", "write such a number"],
    [
      { trees: null },
      "trees",
      null,
      "a number, a boolean, a text or a list of them",
      "write one of these",
    ],
    [
      { trees: 1, rate: 0 },
      "rate",
      0,
      "a number greater than 0 and less than 1",
      "raise it above 0",
    ],
    [
      { trees: 1, rate: "1.0" },
      "rate",
      "1.0",
      "a number greater than 0 and less than 1",
      "lower it below 1",
    ],
    [
      { trees: 1, rate: "nan" },
      "rate",
      "nan",
      "a number greater than 0 and less than 1",
      "write such a number; left out it is 0.5",
    ],
    [
      { trees: 1, speed: 2 },
      "speed",
      2,
      "a number greater than 0 and less than 1",
      "lower it below 1",
    ],
    [
      { trees: 1, rate: 0.1, speed: 0.2 },
      "speed",
      0.2,
      "another name for rate, which is given too",
      "remove one of the two",
    ],
    [
      { trees: 1, depth: "deep" },
      "depth",
      "deep",
      "a whole number at least 0, or auto",
      "write such a number",
    ],
    [{ trees: 1, kind: "dri", depth: 1 }, "kind", "dri", "one of dry", "write dry"],
    [{ trees: 1, kind: "rain" }, "kind", "rain", "one of dry", "write one of these"],
    [
      { trees: 1, scores: "auc, error" },
      "scores",
      "auc, error",
      "names separated by commas, without spaces",
      "write auc,error",
    ],
    [
      { trees: 1, scores: "auk" },
      "scores",
      "auk",
      "auk: not among error, auc; error also with a number, such as error@0.7",
      "write auc there",
    ],
    [
      { trees: 1, scores: "auc@0.7" },
      "scores",
      "auc@0.7",
      "auc@0.7: not among error, auc; error also with a number, such as error@0.7",
      "write auc there",
    ],
    [
      { trees: 1, scores: "error@x,zzz" },
      "scores",
      "error@x,zzz",
      "error@x, zzz: not among error, auc; error also with a number, such as error@0.7",
      "remove error@x, zzz",
    ],
    [{ trees: 1, limits: "3" }, "limits", "3", "a number in brackets", "write it so"],
    [
      { trees: 1, dept: 1 },
      "dept",
      1,
      "not a hyperparameter of Forest 2; the container refuses unknown ones",
      "write depth",
    ],
    [
      { trees: 1, bogus: 1 },
      "bogus",
      1,
      "not a hyperparameter of Forest 2; the container refuses unknown ones",
      "remove it, or write one of trees, rate, speed, depth, kind, scores, limits",
    ],
    [
      { trees: 1, modern: 1 },
      "modern",
      1,
      "taken by versions from 3 on of Forest, not by 2",
      "remove it",
    ],
    [
      { trees: 1, ancient: 1 },
      "ancient",
      1,
      "taken by versions up to 1 of Forest, not by 2",
      "remove it",
    ],
    [{ trees: 1, kind: "dry" }, "depth", undefined, "required when kind is dry", "add depth: auto"],
    [{ trees: 1, speed: 0.9 }, "speed", 0.9, "not 0.9", "write 0.8"],
  ] as const) {
    it(`refuses ${JSON.stringify(given)}`, () => {
      const problems = check(given).problems.map(({ about: _, ...problem }) => problem);

      expect(problems).to.deep.equal([{ hyperparameter, received, rule, remedy }]);
    });
  }

  it("takes in one version what it refuses in another", () => {
    expect(check({ trees: 1, modern: 1, kind: "rain" }, "3").problems).to.deep.equal([]);
    expect(check({ trees: 1, ancient: 1 }, "1").problems).to.deep.equal([]);
  });

  it("reports everything at once, rules between hyperparameters too", () => {
    const { problems } = check({ tres: 1, rate: 7, kind: "dry", scores: "auk" });

    expect(problems.map(({ hyperparameter }) => hyperparameter)).to.deep.equal([
      "rate",
      "scores",
      "tres",
      "depth",
    ]);
  });

  it("counts a misspelt name as the one it is nearest to, unless that is given", () => {
    const named = (given: Record<string, unknown>) =>
      check(given).problems.map((problem) => problem.hyperparameter);

    expect(named({ treez: 1 })).to.deep.equal(["treez"]); // and not: trees is required
    expect(named({ dept: 1, depth: 2, trees: 1 })).to.deep.equal(["dept"]); // and not: depth is given twice
  });

  it("goes by the first where a name and its alias are given", () => {
    expect(check({ speed: 0.2, rate: 0.1, trees: 1 }).hyperparameters["rate"]).to.equal("0.2");
    expect(check({ rate: 0.1, speed: 0.2, trees: 1 }).hyperparameters["rate"]).to.equal("0.1");
  });

  it("says what each problem is about, whatever config calls it", () => {
    expect(check({ trees: 1, speed: 2, dept: 1 }).problems.map(({ about }) => about)).to.deep.equal(
      ["rate", "depth"],
    );
  });

  it("refuses a text that SageMaker would", () => {
    const [problem] = check({ trees: 1, limits: `(${"1".repeat(2600)})` }).problems;

    expect(problem).to.include({
      hyperparameter: "limits",
      rule: "at most 2500 characters: SageMaker takes no more",
      remedy: "shorten it by 102",
    });
  });
});

describe("checkUnknownHyperparameters", () => {
  it("takes any name, as text", () => {
    expect(checkUnknownHyperparameters({ "my-param": 1, other: false })).to.deep.equal({
      hyperparameters: { "my-param": "1", other: "false" },
      problems: [],
    });
  });

  it("refuses what SageMaker itself would", () => {
    const long = "n".repeat(257);
    const given = { a: {}, [long]: 1, b: "x".repeat(2501) };

    expect(
      checkUnknownHyperparameters(given).problems.map(({ hyperparameter, rule }) => [
        hyperparameter,
        rule,
      ]),
    ).to.deep.equal([
      ["a", "a number, a boolean, a text or a list of them"],
      [long, "a name of at most 256 characters"],
      ["b", "at most 2500 characters: SageMaker takes no more"],
    ]);
  });

  it("refuses more than 100", () => {
    const given = Object.fromEntries(Array.from({ length: 103 }, (_, i) => [`p${i}`, i]));

    expect(checkUnknownHyperparameters(given).problems).to.deep.equal([
      {
        hyperparameter: "",
        about: "",
        received: 103,
        rule: "at most 100 hyperparameters: SageMaker takes no more",
        remedy: "remove 3",
      },
    ]);
  });
});
