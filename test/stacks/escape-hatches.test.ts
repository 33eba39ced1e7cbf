import { expect } from "chai";
import { parsePipeline, problemsOf, type Refusal, refuses, warningsOf } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const newer = { algorithm: { name: "xgboost", uncheckedVersion: "9.0-1" } };
const unchecked = (uncheckedHyperparameters: unknown, given: object = hyperparameters) => ({
  training: { hyperparameters: given, uncheckedHyperparameters },
});
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";

const refused: readonly Refusal[] = [
  [
    { algorithm: { name: "xgboost", uncheckedVersion: "1.7-1" } },
    "algorithm.uncheckedVersion",
    "1.7-1",
    "for versions that the catalogue does not know; it knows this one",
    'write version: "1.7-1" instead',
  ],
  [
    { algorithm: { name: "xgboost", version: "1.7-1", uncheckedVersion: "9.0-1" } },
    "algorithm.uncheckedVersion",
    "9.0-1",
    "either version or uncheckedVersion",
    "remove one of the two",
  ],
  [
    { algorithm: { image, uncheckedVersion: "9.0-1" }, validation: { enabled: false } },
    "algorithm.uncheckedVersion",
    "9.0-1",
    "an image carries its version in its tag",
    "remove uncheckedVersion",
  ],
  [
    unchecked(["device"]),
    "training.uncheckedHyperparameters",
    ["device"],
    "a mapping of names to values",
    "write name: value below it",
  ],
  [
    unchecked({ device: { gpu: 0 } }),
    "training.uncheckedHyperparameters.device",
    { gpu: 0 },
    "a number, a boolean, a text or a list of them",
    "write one of these",
  ],
  [
    unchecked({ objective: "binary:newest" }),
    "training.uncheckedHyperparameters.objective",
    "binary:newest",
    "given below training.hyperparameters too, as objective",
    "remove one of the two",
  ],
  [
    unchecked({ learning_rate: 7 }, { ...hyperparameters, eta: 0.1 }),
    "training.uncheckedHyperparameters.learning_rate",
    7,
    "given below training.hyperparameters too, as eta",
    "remove one of the two",
  ],
  [
    unchecked(Object.fromEntries(Array.from({ length: 98 }, (_, n) => [`x${n}`, n]))),
    "training.hyperparameters",
    101,
    "at most 100 hyperparameters: SageMaker takes no more",
    "remove 1",
  ],
  [
    { ...newer, validation: { metric: "validation:gini", threshold: 0.1 } },
    "validation.metric",
    "validation:gini",
    "not a metric of XGBoost 3.2-0",
    "write validation:f1; where it is new, say which way is better, validation.direction",
  ],
];

describe("what the catalogue cannot check", () => {
  refuses(refused.slice(0, -1));

  it("refuses a metric that nobody knows, and says how a new one is written", () => {
    const [problem, ...others] = problemsOf(() => parsePipeline(refused.at(-1)?.[0] ?? {}));

    expect(others).to.deep.equal([]);
    expect(problem).to.include({
      path: "pipelines.churn.validation.metric",
      rule: "not a metric of XGBoost 3.2-0",
    });
    expect(problem?.remedy).to.match(
      /; where it is new, say which way is better, validation.direction$/,
    );
  });

  it("takes a version that the catalogue does not know, checks the rest, and says so once", () => {
    expect(parsePipeline(newer)?.algorithm).to.deep.equal(newer.algorithm);
    expect(warningsOf(newer)).to.deep.equal([
      {
        path: "pipelines.churn.algorithm.uncheckedVersion",
        message:
          "the catalogue does not know XGBoost 9.0-1: whether there is such an image shows at preview, and everything is " +
          "checked as for 3.2-0; what is new since belongs below training.uncheckedHyperparameters",
      },
    ]);
    expect(
      problemsOf(() =>
        parsePipeline({ ...newer, training: { hyperparameters: { ...hyperparameters, eta: 2 } } }),
      ).map(({ path }) => path),
    ).to.deep.equal(["pipelines.churn.training.hyperparameters.eta"]);
  });

  it("takes a number that YAML made of a version", () => {
    expect(
      parsePipeline({ algorithm: { name: "xgboost", uncheckedVersion: 4 } })?.algorithm,
    ).to.deep.equal({ name: "xgboost", uncheckedVersion: "4" });
  });

  it("passes hyperparameters on as they are written, and says which", () => {
    const given = unchecked({ device: "cuda", eta: 7, learning_rates: [1, 2], deep: true });

    expect(parsePipeline(given)?.training.hyperparameters).to.deep.equal({
      objective: "binary:logistic",
      num_round: "100",
      eval_metric: "error",
      device: "cuda",
      eta: "7",
      learning_rates: "1,2",
      deep: "true",
    });
    expect(warningsOf(given)).to.deep.equal([
      {
        path: "pipelines.churn.training.uncheckedHyperparameters",
        message:
          "device, eta, learning_rates, deep: passed on unchecked; the container may refuse what it does not know",
      },
    ]);
  });

  it("counts one that is not checked where others depend on it", () => {
    const { objective: _, ...rest } = hyperparameters;
    const given = unchecked({ objective: "multi:softprob" }, { ...rest, eval_metric: "merror" });

    expect(problemsOf(() => parsePipeline(given)).map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.training.hyperparameters.num_class",
    ]);
  });

  it("keeps the name that config wrote, an alias too", () => {
    expect(
      parsePipeline(unchecked({ learning_rate: 0.1 }))?.training.hyperparameters,
    ).to.deep.include({ learning_rate: "0.1" });
  });

  it("takes a metric with a direction where a hyperparameter that decides it is not checked, and says so", () => {
    const { eval_metric: _, ...rest } = hyperparameters;
    const given = {
      ...unchecked({ eval_metric: "gini" }, rest),
      validation: { metric: "validation:gini", direction: "max", threshold: 0.5 },
    };

    expect(parsePipeline(given)?.validation).to.deep.equal({
      enabled: true,
      metric: "validation:gini",
      direction: "max",
      threshold: 0.5,
    });
    expect(warningsOf(given).map(({ path, message }) => `${path} ${message}`)).to.deep.include(
      "pipelines.churn.validation.metric the catalogue does not know validation:gini: a run whose training does not report it fails",
    );
  });

  it("takes both kinds for an image alike, and says once what is not checked about it", () => {
    const given = {
      algorithm: { image },
      training: { hyperparameters: { a: 1 }, uncheckedHyperparameters: { b: 2 } },
      validation: { enabled: false },
    };

    expect(parsePipeline(given)?.training.hyperparameters).to.deep.equal({ a: "1", b: "2" });
    expect(warningsOf(given)).to.deep.equal([
      {
        path: "pipelines.churn.algorithm.image",
        message:
          "nothing is known of an image of your own: hyperparameters, content type, input mode, channels, metrics and instances are not checked",
      },
    ]);
  });
});
