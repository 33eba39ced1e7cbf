import { expect } from "chai";
import { checkHyperparameters } from "../../../components/algorithms/check-hyperparameters.ts";
import { checkMetric } from "../../../components/algorithms/check-metric.ts";
import { algorithms } from "../../../components/algorithms/index.ts";

const { xgboost } = algorithms;

function problems(given: Record<string, unknown>, version = "3.0-5") {
  return checkHyperparameters(xgboost, version, given).problems.map(
    ({ hyperparameter, rule, remedy }) => ({
      hyperparameter,
      rule,
      remedy,
    }),
  );
}

const binary = { num_round: "2", objective: "binary:logistic" };

// What AWS's container of 3.0-5 did with these hyperparameters on good data.
describe("XGBoost hyperparameters that the container trains with", () => {
  for (const given of [
    { num_round: "2" },
    { num_round: 2, objective: "binary:logistic" },
    { num_round: "2", objective: "reg:linear" },
    { num_round: "2", num_class: "3" },
    { ...binary, learning_rate: "0.1" },
    { ...binary, eval_metric: "auc,logloss,error" },
    { ...binary, eval_metric: "auc,auc" },
    { ...binary, eval_metric: "rmse" },
    { ...binary, eval_metric: "error@0.7" },
    { ...binary, _tuning_objective_metric: "validation:auc", eval_metric: "logloss" },
    { ...binary, early_stopping_rounds: "2", eval_metric: "error" },
    { ...binary, early_stopping_rounds: "3", _tuning_objective_metric: "validation:error" },
    { num_round: "2", objective: "multi:softprob", num_class: "3" },
    { num_round: "2", objective: "multi:softmax", num_class: "3", eval_metric: "accuracy,merror" },
    { num_round: "2", objective: "reg:absoluteerror" },
    { num_round: "2", objective: "reg:pseudohubererror" },
    { num_round: "2", objective: "rank:pairwise" },
    { num_round: "2", objective: "survival:cox" },
    { ...binary, csv_weights: "1" },
    { ...binary, save_model_on_termination: "true" },
    { ...binary, save_model_on_termination: true },
    { ...binary, monotone_constraints: "(1,-1)", tree_method: "hist" },
    { ...binary, monotone_constraints: "(1,0)", tree_method: "exact" },
    { ...binary, booster: "gblinear" },
    { ...binary, booster: "dart", rate_drop: "0.1", seed: "1" },
    { ...binary, verbosity: "3" },
    { ...binary, _kfold: "2", _num_cv_round: "2" },
    { ...binary, use_dask_gpu_training: "false" },
    { num_round: "3", objective: "reg:squarederror", eval_metric: "rmse,mae,mse,r2" },
  ]) {
    it(`are taken: ${JSON.stringify(given)}`, () => {
      expect(problems(given)).to.deep.equal([]);
    });
  }
});

describe("XGBoost hyperparameters that the container fails on", () => {
  for (const [given, hyperparameter] of [
    [{ objective: "binary:logistic" }, "num_round"],
    [{ ...binary, foo: "1" }, "foo"],
    [{ ...binary, sagemaker_region: "us-east-1" }, "sagemaker_region"],
    [{ ...binary, device: "cuda" }, "device"],
    [{ ...binary, max_depth: "-1" }, "max_depth"],
    [{ ...binary, max_depth: "" }, "max_depth"],
    [{ ...binary, subsample: "0" }, "subsample"],
    [{ num_round: "abc" }, "num_round"],
    [{ num_round: "2.0" }, "num_round"],
    [{ num_round: "0" }, "num_round"],
    [{ ...binary, learning_rate: "2" }, "learning_rate"],
    [{ ...binary, eta: "1.5" }, "eta"],
    [{ ...binary, eval_metric: "auc, logloss" }, "eval_metric"],
    [{ ...binary, eval_metric: "logloss@0.3" }, "eval_metric"],
    [{ ...binary, eval_metric: "error@x" }, "eval_metric"],
    [{ ...binary, eval_metric: "foo" }, "eval_metric"],
    [{ num_round: "2", eval_metric: "auc" }, "eval_metric"],
    [{ num_round: "2", objective: "reg:squarederror", eval_metric: "auc" }, "eval_metric"],
    [{ ...binary, eval_metric: "aft-nloglik" }, "eval_metric"],
    [{ ...binary, _tuning_objective_metric: "train:auc" }, "_tuning_objective_metric"],
    [{ ...binary, early_stopping_rounds: "0", eval_metric: "error" }, "early_stopping_rounds"],
    [{ num_round: "2", objective: "binary:foo" }, "objective"],
    [{ num_round: "2", objective: "aft_loss_distribution" }, "objective"],
    [{ num_round: "2", objective: "multi:softmax" }, "num_class"],
    [{ num_round: "2", objective: "multi:softmax", num_class: "1" }, "num_class"],
    [{ ...binary, num_class: "2" }, "num_class"],
    [{ ...binary, csv_weights: "2" }, "csv_weights"],
    [{ ...binary, save_model_on_termination: "True" }, "save_model_on_termination"],
    [{ ...binary, monotone_constraints: "(1,-1)" }, "monotone_constraints"],
    [{ ...binary, monotone_constraints: "(2,-1)", tree_method: "hist" }, "monotone_constraints"],
    [{ ...binary, monotone_constraints: "1,-1)", tree_method: "hist" }, "monotone_constraints"],
    [
      { ...binary, interaction_constraints: "[[0,1]]", tree_method: "hist" },
      "interaction_constraints",
    ],
    [
      { ...binary, interaction_constraints: "[[1,2]]", tree_method: "hist" },
      "interaction_constraints",
    ],
    [{ ...binary, tree_method: "foo" }, "tree_method"],
    [{ ...binary, base_score: "1.0" }, "base_score"],
    [{ ...binary, lambda: "-1" }, "lambda"],
    [{ ...binary, seed: "x" }, "seed"],
    [{ ...binary, booster: " gbtree" }, "booster"],
    [{ ...binary, max_bin: "1e2" }, "max_bin"],
    [{ ...binary, scale_pos_weight: "0" }, "scale_pos_weight"],
    [{ ...binary, updater: "foo" }, "updater"],
    [{ ...binary, updater: "grow_colmaker,grow_histmaker" }, "updater"],
  ] as const) {
    it(`are refused: ${JSON.stringify(given)}`, () => {
      expect(problems(given).map((problem) => problem.hyperparameter)).to.deep.equal([
        hyperparameter,
      ]);
    });
  }
});

describe("XGBoost rules between hyperparameters", () => {
  for (const [given, hyperparameter, rule, remedy] of [
    [
      { num_round: 2, objective: "multi:softprob" },
      "num_class",
      "required when objective is multi:softprob",
      "write the number of classes, such as num_class: 3; labels run from 0 to num_class - 1",
    ],
    [
      { num_round: 2, eval_metric: "auc" },
      "eval_metric",
      "auc needs an objective binary:* or rank:*, not the default, reg:squarederror",
      "remove auc from eval_metric, or set objective: binary:logistic",
    ],
    [
      { ...binary, early_stopping_rounds: 5 },
      "early_stopping_rounds",
      "without eval_metric the container ignores it, silently",
      "set eval_metric too: its last metric decides when to stop",
    ],
    [
      { num_round: 2, objective: "reg:tweedie", eval_metric: "tweedie-nloglik" },
      "eval_metric",
      "XGBoost wants tweedie-nloglik@<power>, and the container refuses that: it cannot be asked for",
      "use rmse or mae; objective reg:tweedie prints tweedie-nloglik by itself",
    ],
    [
      { ...binary, use_dask_gpu_training: true, tree_method: "exact" },
      "use_dask_gpu_training",
      "needs tree_method hist or gpu_hist, not exact",
      "add tree_method: hist",
    ],
  ] as const) {
    it(`explain ${JSON.stringify(given)}`, () => {
      expect(problems(given)).to.deep.equal([{ hyperparameter, rule, remedy }]);
    });
  }

  it("say nothing of a value that is wrong by itself", () => {
    expect(problems({ ...binary, base_score: -1 })).to.deep.equal([
      {
        hyperparameter: "base_score",
        rule: "a number at least 0",
        remedy: "raise it to 0 at least",
      },
    ]);
  });

  it("follow the version", () => {
    const constrained = { ...binary, interaction_constraints: "[[1,2]]", tree_method: "hist" };

    expect(problems(constrained, "1.7-1")).to.deep.equal([]);
    expect(
      problems({ num_round: 2, objective: "reg:absoluteerror" }, "1.7-1").map(
        (p) => p.hyperparameter,
      ),
    ).to.deep.equal(["objective"]);
    expect(problems({ ...binary, single_precision_histogram: true }, "1.5-1")).to.deep.equal([]);
    expect(problems({ ...binary, single_precision_histogram: true })[0]?.rule).to.equal(
      "taken by versions from 1.2-1 to 1.5-1 of XGBoost, not by 3.0-5",
    );
  });
});

describe("XGBoost metrics", () => {
  const check = (metric: string, hyperparameters: Record<string, string>, version = "3.0-5") =>
    checkMetric({ algorithm: xgboost, version, hyperparameters }, metric);

  for (const [metric, hyperparameters, version] of [
    ["validation:error", { ...binary, eval_metric: "error" }, "3.0-5"],
    ["train:error", { ...binary, eval_metric: "error" }, "3.0-5"],
    ["validation:auc", { ...binary, eval_metric: "logloss,auc" }, "3.0-5"],
    ["validation:logloss", binary, "3.0-5"],
    ["validation:error", binary, "1.2-2"],
    ["validation:logloss", binary, "1.3-1"],
    ["validation:error", { ...binary, eval_metric: "error@0.5" }, "3.0-5"],
    ["validation:rmse", { num_round: "2" }, "3.0-5"],
    ["validation:mae", { num_round: "2", objective: "reg:absoluteerror" }, "3.0-5"],
    ["validation:mphe", { num_round: "2", objective: "reg:pseudohubererror" }, "3.0-5"],
    ["validation:error", { num_round: "2", objective: "binary:hinge" }, "3.0-5"],
    ["validation:poisson-nloglik", { num_round: "2", objective: "count:poisson" }, "3.0-5"],
    ["validation:cox-nloglik", { num_round: "2", objective: "survival:cox" }, "3.0-5"],
    [
      "validation:mlogloss",
      { num_round: "2", objective: "multi:softprob", num_class: "3" },
      "3.0-5",
    ],
    // The container adds the objective's own metric where only Python metrics are asked for.
    ["validation:logloss", { ...binary, eval_metric: "rmse" }, "3.0-5"],
    ["validation:auc", { ...binary, _tuning_objective_metric: "validation:auc" }, "3.0-5"],
    [
      "validation:accuracy",
      { num_round: "2", objective: "multi:softmax", num_class: "3", eval_metric: "accuracy" },
      "3.0-5",
    ],
    ["validation:f1", { ...binary, eval_metric: "f1" }, "1.7-1"],
  ] as const) {
    it(`has ${metric} with ${JSON.stringify(hyperparameters)} in ${version}`, () => {
      expect(check(metric, hyperparameters, version)).to.equal(undefined);
    });
  }

  for (const [metric, hyperparameters, rule, remedy] of [
    [
      "validation:error",
      binary,
      "with objective binary:logistic, XGBoost 3.0-5 computes logloss: not error",
      "set training.hyperparameters.eval_metric: error, or gate on validation:logloss",
    ],
    [
      "validation:error",
      { ...binary, eval_metric: "auc,logloss" },
      "with eval_metric auc,logloss, XGBoost 3.0-5 computes auc, logloss: not error",
      'set training.hyperparameters.eval_metric: "auc,logloss,error", or gate on validation:auc or validation:logloss',
    ],
    [
      "train:error",
      { ...binary, eval_metric: "error@0.7" },
      "with eval_metric error@0.7, XGBoost 3.0-5 computes error@0.7: not error",
      'set training.hyperparameters.eval_metric: "error@0.7,error"',
    ],
    // SageMaker reads no name with @: the objective's own ndcg@32 reaches no gate.
    [
      "validation:ndcg",
      { num_round: "2", objective: "rank:pairwise" },
      "with objective rank:pairwise, XGBoost 3.0-5 computes ndcg@32: not ndcg",
      "set training.hyperparameters.eval_metric: ndcg",
    ],
    [
      "validation:f1",
      { ...binary, eval_metric: "f1" },
      "for binary:logistic the container computes f1 as if every row were of class 1",
      "gate on validation:error with eval_metric: error; accuracy is 1 - error",
    ],
    ["validation:eror", binary, "not a metric of XGBoost 3.0-5", "write validation:error"],
    ["error", binary, "not a metric of XGBoost 3.0-5", "write validation:error"],
  ] as const) {
    it(`explain why ${metric} is missing with ${JSON.stringify(hyperparameters)}`, () => {
      expect(check(metric, hyperparameters)).to.deep.equal({ rule, remedy });
    });
  }

  it("name the known ones where nothing is near", () => {
    expect(check("gain", binary)?.remedy).to.match(
      /^write one of validation:accuracy, validation:auc, /,
    );
  });

  it("follow the version", () => {
    expect(check("validation:mape", { ...binary, eval_metric: "mape" }, "1.2-2")?.rule).to.equal(
      "not a metric of XGBoost 1.2-2",
    );
    expect(
      check("validation:logloss", { num_round: "2", objective: "binary:logitraw" }, "1.5-1")?.rule,
    ).to.equal(
      "with objective binary:logitraw, XGBoost 1.5-1 computes metrics that are not known here: not logloss",
    );
  });

  for (const [metric, direction] of [
    ["validation:error", "min"],
    ["validation:logloss", "min"],
    ["train:rmse", "min"],
    ["validation:auc", "max"],
    ["train:auc", "max"],
    ["validation:r2", "max"],
  ] as const) {
    it(`takes ${metric} to be better at its ${direction}`, () => {
      expect(xgboost.metrics[metric]?.direction).to.equal(direction);
    });
  }
});
