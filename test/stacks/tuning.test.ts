import { expect } from "chai";
import type { TuningConfig } from "../../stacks/tuning-config.ts";
import { linearLearner, minimalComparison, parseCandidate, xgboost } from "./comparison-config.ts";
import {
  minimalPipeline,
  parse,
  parsePipeline,
  problemsOf,
  type Refusal,
  refuses,
  warningsOf,
} from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };

/** Training of the churn pipeline with a tuning job. */
function tuned(tuning: unknown, others: object = hyperparameters) {
  return { training: { hyperparameters: others, tuning } };
}

function tuningOf(sections: Record<string, unknown>): TuningConfig {
  const tuning = parsePipeline(sections)?.training.tuning;
  if (tuning === undefined) throw new Error("no tuning was read");
  return tuning;
}

function linearPipeline(tuning: unknown, validation: object = { enabled: false }) {
  return {
    algorithm: { name: "linear-learner" },
    validation,
    ...tuned(tuning, { predictor_type: "regressor" }),
  };
}

const eta = (range: unknown) => tuned({ ranges: { eta: range } });
const known =
  "alpha, colsample_bylevel, colsample_bynode, colsample_bytree, eta, gamma, lambda, max_delta_step, max_depth, min_child_weight, num_round, subsample";

const refused: readonly Refusal[] = [
  [
    tuned("yes"),
    "training.tuning",
    "yes",
    "a mapping",
    "write keys below it: metric, strategy, maxJobs, maxParallelJobs, earlyStopping, hyperband, ranges",
  ],
  [
    tuned({ strategy: "Grid" }),
    "training.tuning.strategy",
    "Grid",
    "Bayesian, Random, Hyperband; Grid would try every combination, and of listed values alone",
    "write Random, or leave it out for Bayesian",
  ],
  [
    tuned({ strategy: "bayesian" }),
    "training.tuning.strategy",
    "bayesian",
    "Bayesian, Random, Hyperband; Grid would try every combination, and of listed values alone",
    "write Bayesian",
  ],
  [
    tuned({ maxJobs: 751 }),
    "training.tuning.maxJobs",
    751,
    "at most 750 with strategy Bayesian, SageMaker's limit",
    "lower it to 750 at most",
  ],
  [
    tuned({ strategy: "Random", maxJobs: 10_001 }),
    "training.tuning.maxJobs",
    10_001,
    "a whole number of training jobs, 1 to 10000 (SageMaker's limit)",
    "lower it to 10000 at most",
  ],
  [
    tuned({ maxParallelJobs: 101, maxJobs: 200 }),
    "training.tuning.maxParallelJobs",
    101,
    "a whole number of training jobs, 1 to 100 (SageMaker's limit)",
    "lower it to 100 at most",
  ],
  [
    tuned({ maxJobs: 2, maxParallelJobs: 3 }),
    "training.tuning.maxParallelJobs",
    3,
    "at most maxJobs (2)",
    "lower it to 2 at most, or raise maxJobs",
  ],
  [
    tuned({ maxJobs: 1 }),
    "training.tuning.maxParallelJobs",
    2,
    "at most maxJobs (1)",
    "lower it to 1 at most, or raise maxJobs",
  ],
  [
    tuned({ earlyStopping: "On" }),
    "training.tuning.earlyStopping",
    "On",
    "Auto or Off",
    "write Auto or Off",
  ],
  [
    tuned({ strategy: "Hyperband", earlyStopping: "Auto" }),
    "training.tuning.earlyStopping",
    "Auto",
    "Off with Hyperband, which stops training jobs in its own way",
    "remove it, or write Off",
  ],
  [
    linearPipeline({ earlyStopping: "Auto", metric: "validation:mse" }),
    "training.tuning.earlyStopping",
    "Auto",
    "needs a metric after each iteration: Linear Learner has validation:objective_loss, train:objective_loss, not validation:mse",
    "remove it, or write Off",
  ],
  [
    linearPipeline({ strategy: "Hyperband", metric: "validation:mse" }),
    "training.tuning.strategy",
    "Hyperband",
    "Hyperband needs a metric after each iteration: Linear Learner has validation:objective_loss, train:objective_loss, not validation:mse",
    'write strategy: Bayesian, or metric: "validation:objective_loss or train:objective_loss"',
  ],
  [
    {
      algorithm: { name: "knn" },
      validation: { enabled: false },
      ...tuned({ strategy: "Hyperband" }, { feature_dim: 9, k: 3, predictor_type: "regressor" }),
    },
    "training.tuning.strategy",
    "Hyperband",
    "Hyperband needs a metric after each iteration, and k-Nearest Neighbors is not among the algorithms that AWS lists for it",
    "write strategy: Bayesian",
  ],
  [
    tuned({ hyperband: { minResource: 2 } }),
    "training.tuning.hyperband",
    { minResource: 2 },
    "for strategy Hyperband, not Bayesian",
    "remove it",
  ],
  [
    tuned({ strategy: "Hyperband", hyperband: { maxResource: 200 } }),
    "training.tuning.hyperband.maxResource",
    200,
    "at most 100: num_round ends training there",
    "lower it to 100 at most",
  ],
  [
    tuned({ strategy: "Hyperband" }, { ...hyperparameters, num_round: 30_000 }),
    "training.tuning.hyperband.maxResource",
    30_000,
    "at most 20000: SageMaker's limit",
    "lower it to 20000 at most",
  ],
  [
    tuned({ strategy: "Hyperband", hyperband: { minResource: 101 } }),
    "training.tuning.hyperband.minResource",
    101,
    "at most maxResource (100)",
    "lower it",
  ],
  [
    tuned(
      {
        strategy: "Hyperband",
        ranges: { num_round: { min: 1, max: 9 }, eta: { min: 0.1, max: 0.3 } },
      },
      {
        objective: "binary:logistic",
        eval_metric: "error",
      },
    ),
    "training.tuning.ranges.num_round",
    { min: 1, max: 9 },
    "not with Hyperband, which shares out num_round itself",
    "move it to training.hyperparameters, as the most that a training job may have",
  ],
  [
    tuned({ metric: "validation:eror" }),
    "training.tuning.metric",
    "validation:eror",
    "not a metric of XGBoost 3.0-5",
    "write validation:error",
  ],
  [
    tuned({ metric: "train:auc" }),
    "training.tuning.metric",
    "train:auc",
    "with eval_metric error, XGBoost 3.0-5 computes error: not auc",
    'set training.hyperparameters.eval_metric: "error,auc", or tune by validation:error',
  ],
  [
    {
      algorithm: { name: "factorization-machines" },
      validation: { enabled: false },
      ...tuned(
        { metric: "test:rmse", ranges: { epochs: { min: 1, max: 3 } } },
        { feature_dim: 9, num_factors: 2, predictor_type: "binary_classifier" },
      ),
      etl: { script: "glue/churn_etl.py" },
    },
    "training.tuning.metric",
    "test:rmse",
    "test:rmse needs predictor_type regressor, not binary_classifier",
    "tune by test:binary_classification_accuracy or test:binary_classification_cross_entropy or test:binary_f_beta, or set predictor_type: regressor",
  ],
  [
    {
      algorithm: { container: "containers/sklearn-regressor" },
      validation: { enabled: false },
      training: { tuning: { maxJobs: 4 } },
    },
    "training.tuning",
    { maxJobs: 4 },
    "for the built-in algorithms: what can be tuned in an image of your own is not known",
    "remove tuning",
  ],
  [
    tuned({ ranges: "all" }),
    "training.tuning.ranges",
    "all",
    "recommended, or a mapping of hyperparameters to ranges",
    "write recommended, or <hyperparameter>: { min: ..., max: ... } below it",
  ],
  [
    tuned({ ranges: {} }),
    "training.tuning.ranges",
    {},
    "something to search: every hyperparameter that AWS recommends for tuning XGBoost has its value already",
    "remove one of them below training.hyperparameters, or give ranges",
  ],
  [
    tuned({ ranges: { max_dept: { min: 1, max: 3 } } }),
    "training.tuning.ranges.max_dept",
    { min: 1, max: 3 },
    `a hyperparameter that AWS documents as tunable for XGBoost: ${known}`,
    "write max_depth",
  ],
  [
    tuned({ ranges: { learning_rate: { min: 0.1, max: 0.3 } } }),
    "training.tuning.ranges.learning_rate",
    { min: 0.1, max: 0.3 },
    `a hyperparameter that AWS documents as tunable for XGBoost: ${known}`,
    "write eta",
  ],
  [
    tuned({ ranges: { booster: { values: ["gbtree"] } } }),
    "training.tuning.ranges.booster",
    { values: ["gbtree"] },
    `a hyperparameter that AWS documents as tunable for XGBoost: ${known}`,
    "remove it, and fix its value",
  ],
  [
    tuned({ ranges: { num_round: { min: 1, max: 3 } } }),
    "training.tuning.ranges.num_round",
    { min: 1, max: 3 },
    "given a value below training.hyperparameters too: what is fixed is not searched",
    "remove one of the two",
  ],
  [
    tuned({ ranges: { eta: { min: 0.1, max: 0.3 } } }, { ...hyperparameters, learning_rate: 0.1 }),
    "training.tuning.ranges.eta",
    { min: 0.1, max: 0.3 },
    "given a value below training.hyperparameters too: what is fixed is not searched",
    "remove one of the two",
  ],
  [
    eta({ min: 0.1, max: 2 }),
    "training.tuning.ranges.eta",
    { min: 0.1, max: 2 },
    "eta is a number from 0 to 1, which 2 is not",
    "lower it to 1 at most",
  ],
  [
    tuned({ ranges: { max_depth: { min: 0.5, max: 2 } } }),
    "training.tuning.ranges.max_depth",
    { min: 0.5, max: 2 },
    "max_depth is a whole number at least 0, which 0.5 is not",
    "write such a number; left out it is 6",
  ],
  [
    eta({ min: 0.3, max: 0.3 }),
    "training.tuning.ranges.eta",
    { min: 0.3, max: 0.3 },
    "min less than max",
    "fix the value instead, or swap the two",
  ],
  [eta(0.3), "training.tuning.ranges.eta", 0.3, "a range", "write { min: 0.1, max: 0.5 }"],
  [
    eta({ min: "low", max: 0.3 }),
    "training.tuning.ranges.eta.min",
    "low",
    "the least value: a number",
    "write a number",
  ],
  [
    eta({ values: [0.1, 0.2], min: 0.1, max: 0.2 }),
    "training.tuning.ranges.eta.values",
    [0.1, 0.2],
    "unknown key; known here: min, max, scale",
    "remove it",
  ],
  [
    eta({ min: 0.1, max: 0.3, scale: "log" }),
    "training.tuning.ranges.eta.scale",
    "log",
    "Auto, Linear, Logarithmic, ReverseLogarithmic",
    "write one of these, or leave it out for Auto",
  ],
  [
    eta({ min: 0, max: 0.3, scale: "Logarithmic" }),
    "training.tuning.ranges.eta",
    { min: 0, max: 0.3, scale: "Logarithmic" },
    "min greater than 0 for scale Logarithmic",
    "raise it, or write Linear",
  ],
  [
    tuned({ ranges: { max_depth: { min: 1, max: 3, scale: "ReverseLogarithmic" } } }),
    "training.tuning.ranges.max_depth",
    { min: 1, max: 3, scale: "ReverseLogarithmic" },
    "scale ReverseLogarithmic is for fractions, from 0 to less than 1",
    "leave it out, or write Linear",
  ],
  [
    linearPipeline({ ranges: { use_bias: { min: 0, max: 1 } } }),
    "training.tuning.ranges.use_bias",
    { min: 0, max: 1 },
    "a list of values, each once, 30 at most",
    "write { values: [true, false] } or some of them",
  ],
  [
    linearPipeline({ ranges: { use_bias: { values: ["yes", "no"] } } }),
    "training.tuning.ranges.use_bias",
    { values: ["yes", "no"] },
    "use_bias is one of true, false, which yes is not",
    "write one of these",
  ],
  [
    linearPipeline({ ranges: { positive_example_weight_mult: { min: 2, max: 3 } } }),
    "training.tuning.ranges.positive_example_weight_mult",
    { min: 2, max: 3 },
    "2: needs predictor_type binary_classifier, not regressor: without that it changes nothing",
    "remove it, or set predictor_type: binary_classifier",
  ],
];

describe("tuning", () => {
  it("is off where nothing is said", () => {
    expect(parsePipeline({})?.training.tuning).to.equal(undefined);
  });

  it("has defaults, the gate's metric and AWS's ranges of what config leaves open", () => {
    const { ranges, ...tuning } = tuningOf(tuned({}, { ...hyperparameters, max_depth: 5 }));

    expect(tuning).to.deep.equal({
      metric: "validation:error",
      direction: "min",
      strategy: "Bayesian",
      maxJobs: 20,
      maxParallelJobs: 2,
      earlyStopping: "Off",
      hyperband: undefined,
    });
    expect(Object.keys(ranges)).to.deep.equal(
      known.split(", ").filter((name) => name !== "num_round" && name !== "max_depth"),
    );
    expect(ranges["eta"]).to.deep.equal({ type: "continuous", min: 0.1, max: 0.5, scale: "Auto" });
  });

  it("keeps what is given", () => {
    const given = {
      metric: "validation:auc",
      strategy: "Random",
      maxJobs: 30,
      maxParallelJobs: 5,
      earlyStopping: "Auto",
    };
    const ranges = {
      eta: { min: "0.1", max: 0.3, scale: "Logarithmic" },
      max_depth: { min: 2, max: 8 },
      subsample: { min: 0.5, max: 0.9, scale: "ReverseLogarithmic" },
    };

    expect(tuningOf(tuned({ ...given, ranges }))).to.deep.equal({
      ...given,
      direction: "max",
      hyperband: undefined,
      ranges: {
        eta: { type: "continuous", min: 0.1, max: 0.3, scale: "Logarithmic" },
        max_depth: { type: "integer", min: 2, max: 8, scale: "Auto" },
        subsample: { type: "continuous", min: 0.5, max: 0.9, scale: "ReverseLogarithmic" },
      },
    });
  });

  it("may choose what training requires", () => {
    const training = (ranges: unknown) =>
      parsePipeline(tuned({ ranges }, { objective: "binary:logistic", eval_metric: "error" }))
        ?.training;

    for (const ranges of ["recommended", { num_round: { min: 5, max: 50 } }]) {
      expect(training(ranges)?.hyperparameters).to.deep.equal({
        objective: "binary:logistic",
        eval_metric: "error",
      });
      expect(training(ranges)?.tuning?.ranges).to.include.keys("num_round");
    }
  });

  it("does not make up for what is missing and not tuned", () => {
    const problems = problemsOf(() =>
      parsePipeline(tuned({ ranges: { eta: { min: 0.1, max: 0.3 } } }, { eval_metric: "error" })),
    );

    expect(problems.map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.training.hyperparameters.num_round",
    ]);
  });

  it("shares out rounds with Hyperband, as many as are fixed at most", () => {
    const tuning = tuningOf(tuned({ strategy: "Hyperband" }));
    const given = tuningOf(
      tuned({ strategy: "Hyperband", hyperband: { minResource: 5, maxResource: 50 } }),
    );

    expect(tuning.hyperband).to.deep.equal({ minResource: 1, maxResource: 100 });
    expect(tuning.ranges).to.not.include.keys("num_round");
    expect(given.hyperband).to.deep.equal({ minResource: 5, maxResource: 50 });
  });

  it("cannot share out rounds that nobody said", () => {
    const problems = problemsOf(() =>
      parsePipeline(
        tuned(
          { strategy: "Hyperband", ranges: { num_round: { min: 1, max: 9 } } },
          { objective: "binary:logistic", eval_metric: "error" },
        ),
      ),
    );

    expect(problems.map(({ path }) => path)).to.include(
      "pipelines.churn.training.tuning.ranges.num_round",
    );
  });

  it("takes Linear Learner's loss of each epoch, since it fits one model there whatever num_models says", () => {
    const metric = "validation:objective_loss";
    const sections = linearPipeline({ strategy: "Hyperband", metric }, { metric, threshold: 1 });
    const pipeline = parsePipeline(sections);

    expect(pipeline?.training.tuning?.hyperband).to.deep.equal({ minResource: 1, maxResource: 15 });
    expect(pipeline?.validation).to.include({ metric });
    expect(
      problemsOf(() => parsePipeline(linearPipeline(undefined, { metric, threshold: 1 }))).map(
        ({ path }) => path,
      ),
    ).to.deep.equal(["pipelines.churn.validation.metric"]);
  });

  it("has XGBoost compute the metric that it goes by, though eval_metric does not ask for it", () => {
    expect(tuningOf(tuned({ metric: "validation:auc" })).direction).to.equal("max");
  });

  it("is fed the channel on which its metric is measured", () => {
    const sections = tuned({ metric: "validation:logloss" });

    expect(
      parsePipeline({ ...sections, validation: { enabled: false } })?.training.channels,
    ).to.deep.equal({ train: "etl", validation: "etl" });
  });

  it("leaves out recommendations that the other hyperparameters forbid", () => {
    const regressor = tuningOf(linearPipeline({}));
    const classifier = tuningOf({
      algorithm: { name: "linear-learner" },
      validation: { enabled: false },
      ...tuned({}, { predictor_type: "binary_classifier" }),
    });

    expect(regressor.ranges).to.not.include.keys("positive_example_weight_mult");
    expect(classifier.ranges).to.include.keys("positive_example_weight_mult");
    expect(regressor.ranges["use_bias"]).to.deep.equal({
      type: "categorical",
      values: ["true", "false"],
    });
  });

  it("warns of quotas that AWS may have to raise", () => {
    const paths = warningsOf(tuned({ strategy: "Random", maxJobs: 800, maxParallelJobs: 11 })).map(
      ({ path, message }) => [path, message],
    );

    expect(paths).to.deep.equal([
      [
        "pipelines.churn.training.tuning.maxJobs",
        "SageMaker lets random search have 750 training jobs unless AWS raised the account's quota",
      ],
      [
        "pipelines.churn.training.tuning.maxParallelJobs",
        "SageMaker runs 10 training jobs of a tuning job at a time unless AWS raised the account's quota",
      ],
    ]);
  });

  refuses(refused);
});

describe("tuning of a candidate", () => {
  for (const [metric, candidate, objective] of [
    ["rmse", xgboost({ tuning: {} }), "validation:rmse"],
    ["mae", xgboost({ tuning: {} }), "validation:mae"],
    ["r2", xgboost({ tuning: {} }), "validation:r2"],
    ["rmse", linearLearner({ tuning: {} }), "validation:rmse"],
    ["mae", linearLearner({ tuning: {} }), "validation:absolute_loss"],
    ["r2", linearLearner({ tuning: {} }), "validation:mse"],
  ] as const) {
    it(`goes by ${objective} where ${metric} decides`, () => {
      const other = { candidates: { linear: linearLearner({ endpoint: { timeoutMinutes: 7 } }) } };

      expect(parseCandidate(candidate, { metric, ...other }).tuning?.metric).to.equal(objective);
    });
  }

  it("measures k-Nearest Neighbors on the validation split", () => {
    const { training, tuning } = parseCandidate({
      algorithm: { name: "knn" },
      training: { hyperparameters: { feature_dim: 8, predictor_type: "regressor" } },
      tuning: { maxJobs: 4 },
    });

    expect(tuning?.metric).to.equal("test:mse");
    expect(tuning?.ranges).to.deep.equal({
      k: { type: "integer", min: 1, max: 256, scale: "Auto" }, // a sample may have no more rows that vote
      sample_size: { type: "integer", min: 256, max: 20_000_000, scale: "Auto" },
    });
    expect(training.channels).to.deep.equal({ train: "train", test: "validation" });
  });

  it("takes ranges that allow each other", () => {
    const { tuning } = parseCandidate({
      algorithm: { name: "knn" },
      training: { hyperparameters: { feature_dim: 8, predictor_type: "regressor" } },
      tuning: { ranges: { k: { min: 1, max: 1000 }, sample_size: { min: 1000, max: 2000 } } },
    });

    expect(Object.keys(tuning?.ranges ?? {})).to.deep.equal(["k", "sample_size"]);
  });

  it("never goes by the test rows", () => {
    const first = linearLearner({ tuning: { metric: "test:mse" } });
    const candidates = { first, xgboost: xgboost() };
    const abalone = { ...minimalComparison(), candidates };

    expect(problemsOf(() => parse(undefined, { comparisons: { abalone } }))).to.deep.equal([
      {
        path: "comparisons.abalone.candidates.first.tuning.metric",
        received: "test:mse",
        rule: "measured on the channel test, which candidates are not fed: test rows are held out for the scores",
        remedy: "leave it out, or write a metric of the validation split",
      },
    ]);
  });

  it("tells its mistakes beside those of pipelines", () => {
    const first = xgboost({ tuning: { strategy: "Grid" } });
    const churn = { ...minimalPipeline(), ...tuned({ strategy: "Grid" }) };
    const abalone = { ...minimalComparison(), candidates: { first, linear: linearLearner() } };

    expect(
      problemsOf(() => parse({ churn }, { comparisons: { abalone } })).map(({ path }) => path),
    ).to.deep.equal([
      "pipelines.churn.training.tuning.strategy",
      "comparisons.abalone.candidates.first.tuning.strategy",
    ]);
  });
});
