import { expect } from "chai";
import type { Algorithm } from "../../components/algorithms/algorithm.ts";
import { algorithms } from "../../components/algorithms/index.ts";
import {
  type ComparisonRefusal,
  linearLearner,
  parseCandidate,
  parseComparison,
  refusesComparisons,
  xgboost,
} from "./comparison-config.ts";
import { problemsOf } from "./pipeline-config.ts";

const training = (hyperparameters: object, more: object = {}) => ({
  training: { hyperparameters, ...more },
});
const knn = (predictor_type: string) => ({
  algorithm: { name: "knn" },
  ...training({ k: 5, sample_size: 200, feature_dim: 8, predictor_type }),
});
const softprob = training({ objective: "multi:softprob", num_class: 3, num_round: 5 });
const multiclassLinear = (num_classes: number) =>
  linearLearner(training({ predictor_type: "multiclass_classifier", num_classes }));
const binaryLinear = linearLearner(training({ predictor_type: "binary_classifier" }));
const beside = (candidate: unknown) => ({
  candidates: { first: candidate, linear: linearLearner() },
});

const refused: readonly ComparisonRefusal[] = [
  [
    { candidates: undefined },
    "candidates",
    undefined,
    "a mapping of 2 to 20 candidates, by name",
    "write such as xgboost: and linear-learner:, each with algorithm and training",
  ],
  [
    { candidates: { xgboost: xgboost() } },
    "candidates",
    1,
    "a mapping of 2 to 20 candidates, by name",
    "write such as xgboost: and linear-learner:, each with algorithm and training",
  ],
  [
    {
      candidates: Object.fromEntries(
        Array.from({ length: 21 }, (_, index) => [
          `x${index}`,
          xgboost(training({ num_round: index + 1 })),
        ]),
      ),
    },
    "candidates",
    21,
    "a mapping of 2 to 20 candidates, by name",
    "remove 1",
  ],
  [
    { candidates: { XGBoost: xgboost(), linear: linearLearner() } },
    "candidates.XGBoost",
    "XGBoost",
    "a name of lower-case letters, digits and single hyphens, at most 32",
    "name it xgboost",
  ],
  [
    { candidates: { ["x".repeat(33)]: xgboost(), linear: linearLearner() } },
    `candidates.${"x".repeat(33)}`,
    "x".repeat(33),
    "a name of lower-case letters, digits and single hyphens, at most 32",
    "shorten it by 1",
  ],
  [
    { candidates: { one: xgboost(), two: xgboost() } },
    "candidates.two",
    "two",
    "the same as candidate one: neither can win over the other",
    "give it another algorithm or other hyperparameters, or remove it",
  ],
  [
    beside(xgboost({ algorithm: { name: "xgbost" } })),
    "candidates.first.algorithm.name",
    "xgbost",
    `a built-in algorithm of the catalogue: ${Object.keys(algorithms).join(", ")}`,
    "write xgboost",
  ],
  [
    beside({ algorithm: { container: "containers/sklearn-regressor" } }),
    "candidates.first.algorithm",
    { container: "containers/sklearn-regressor" },
    "a built-in algorithm: how an image of your own tells predictions is not known",
    "write one of xgboost, linear-learner, knn",
  ],
  [
    beside({ algorithm: { name: "kmeans" } }),
    "candidates.first.algorithm.name",
    "kmeans",
    "K-Means is for clustering: it predicts no label of a row that could be compared",
    "write one of xgboost, linear-learner, knn",
  ],
  [
    beside({ algorithm: { name: "factorization-machines" } }),
    "candidates.first.algorithm.name",
    "factorization-machines",
    "Factorization Machines trains from application/x-recordio-protobuf: candidates read text/csv or text/libsvm, the same rows in each",
    "write one of xgboost, linear-learner, knn",
  ],
  [
    beside(xgboost({ validation: { metric: "validation:rmse" } })),
    "candidates.first.validation",
    { metric: "validation:rmse" },
    "unknown key; known here: algorithm, training, endpoint, tuning",
    "remove it",
  ],
  [
    beside(xgboost(training({ num_round: 5 }, { channels: { validation: "s3://lake/x/" } }))),
    "candidates.first.training.channels",
    { validation: "s3://lake/x/" },
    "every candidate is fed with the comparison's splits",
    "remove channels; split of the comparison says how rows are shared out",
  ],
  [
    beside(xgboost(training({ num_round: 5 }, { tuning: { maxJobs: 3 } }))),
    "candidates.first.training.tuning",
    { maxJobs: 3 },
    "a candidate has tuning beside training, not below it",
    "move it up",
  ],
  [
    beside(xgboost(training({ num_round: 5 }, { contentType: "application/x-parquet" }))),
    "candidates.first.training.contentType",
    "application/x-parquet",
    "text/csv or text/libsvm: the same rows are written in these formats for all candidates",
    "write text/csv or text/libsvm",
  ],
  [
    beside(xgboost(training({ num_round: 5 }, { contentType: "text/parquet" }))),
    "candidates.first.training.contentType",
    "text/parquet",
    "text/csv or text/libsvm: the same rows are written in these formats for all candidates",
    "write text/csv or text/libsvm",
  ],
  [
    beside(
      linearLearner(training({ predictor_type: "regressor" }, { contentType: "text/libsvm" })),
    ),
    "candidates.first.training.contentType",
    "text/libsvm",
    "text/csv or text/libsvm: the same rows are written in these formats for all candidates",
    "write text/csv",
  ],
  [
    beside(xgboost(training({ objective: "reg:squarederror" }))),
    "candidates.first.training.hyperparameters.num_round",
    undefined,
    "required by XGBoost: boosting rounds",
    "add it, such as num_round: 100",
  ],
  [
    beside(xgboost(training({ objective: "binary:logistic", num_round: 5 }))),
    "candidates.first.training.hyperparameters.objective",
    "binary:logistic",
    "for the comparison's task one of reg:squarederror, reg:linear, reg:squaredlogerror, reg:pseudohubererror, reg:absoluteerror, reg:logistic, reg:gamma, reg:tweedie, count:poisson",
    'write objective: "reg:squarederror"',
  ],
  [
    { candidates: { first: xgboost(), linear: binaryLinear } },
    "candidates.linear.training.hyperparameters.predictor_type",
    "binary_classifier",
    "for the comparison's task regressor",
    'write predictor_type: "regressor"',
  ],
  [
    beside(knn("classifier")),
    "candidates.first.training.hyperparameters.predictor_type",
    "classifier",
    "for the comparison's task regressor",
    'write predictor_type: "regressor"',
  ],
  [
    beside(xgboost(training({ num_round: 5, csv_weights: 1 }))),
    "candidates.first.training.hyperparameters.csv_weights",
    "1",
    "candidates learn from label and features alone: their data have no column of weights",
    "remove it",
  ],
  [
    { task: "binary", candidates: { first: knn("classifier"), linear: binaryLinear } },
    "candidates.first",
    "knn",
    "log_loss needs probabilities: with these hyperparameters k-Nearest Neighbors tells the class alone",
    "write metric: accuracy or f1 for the comparison, or take a candidate that tells probabilities",
  ],
  [
    {
      task: "binary",
      metric: "auc",
      candidates: {
        first: xgboost(training({ objective: "binary:hinge", num_round: 5 })),
        linear: binaryLinear,
      },
    },
    "candidates.first",
    "xgboost",
    "auc needs probabilities: with these hyperparameters XGBoost tells the class alone",
    "write metric: accuracy or f1 for the comparison, or take a candidate that tells probabilities",
  ],
  [
    { task: "multiclass", candidates: { first: xgboost(softprob), linear: multiclassLinear(4) } },
    "candidates.linear.training.hyperparameters.num_classes",
    "4",
    "the same number of classes for all candidates: first has 3",
    "write 3, or correct first",
  ],
  [
    beside(xgboost(training({ num_round: 5 }, { instanceType: "ml.m6g.large" }))),
    "candidates.first.training.instanceType",
    "ml.m6g.large",
    "SageMaker has no training on ml.m6g",
    "take another family, such as ml.m5.xlarge",
  ],
  [
    beside(xgboost({ endpoint: { instanceType: "ml.c6g.large" } })),
    "candidates.first.endpoint.instanceType",
    "ml.c6g.large",
    "ml.c6g has Arm processors; the image of XGBoost is built for x86 and NVIDIA GPUs",
    "take another family, such as ml.m5.large",
  ],
  [
    beside(xgboost({ endpoint: { name: "x" } })),
    "candidates.first.endpoint.name",
    "x",
    "unknown key; known here: timeoutMinutes, instanceType",
    "remove it",
  ],
];

describe("candidates of a comparison", () => {
  it("are what they are in a pipeline, but for where data come from", () => {
    expect(parseCandidate(xgboost())).to.deep.equal({
      key: "first",
      number: "c01",
      algorithm: { name: "xgboost", version: "3.0-5" },
      training: {
        contentType: "text/csv",
        inputMode: "File",
        instanceType: "ml.m5.xlarge",
        instanceCount: 1,
        volumeSizeGib: 30,
        maxRuntimeMinutes: 60,
        hyperparameters: { objective: "reg:squarederror", num_round: "50" },
        metricDefinitions: [],
        spot: undefined,
        checkpoints: false,
        channels: { train: "train", validation: "validation" },
      },
      format: "csv",
      requestContentType: "text/csv",
      answer: { kind: "value", format: "csv" },
      endpoint: { instanceType: "ml.m5.large", timeoutMinutes: 30 },
      tuning: undefined,
    });
  });

  refusesComparisons(refused);

  it("may be one algorithm twice, with other hyperparameters", () => {
    const { candidates } = parseComparison({
      candidates: { deep: xgboost(training({ num_round: 9, max_depth: 9 })), flat: xgboost() },
    });

    expect(candidates.map(({ number }) => number)).to.deep.equal(["c01", "c02"]);
  });

  it("may be twenty", () => {
    const twenty = Array.from({ length: 20 }, (_, index) => [
      `x${index}`,
      xgboost(training({ num_round: index + 1 })),
    ]);
    const { candidates } = parseComparison({ candidates: Object.fromEntries(twenty) });

    expect(candidates.at(-1)?.number).to.equal("c20");
  });

  for (const [contentType, format] of [
    ["text/csv", "csv"],
    ["text/csv;label_size=1", "csv"],
    ["csv", "csv"],
    ["text/libsvm", "libsvm"],
    ["text/x-libsvm", "libsvm"],
    ["libsvm", "libsvm"],
  ] as const) {
    it(`read ${format} where they train from ${contentType}`, () => {
      const candidate = parseCandidate(xgboost(training({ num_round: 5 }, { contentType })));

      expect(candidate.format).to.equal(format);
      expect(candidate.requestContentType).to.equal(`text/${format}`);
    });
  }

  it("never learn from the test rows, whatever their channel is called", () => {
    expect(parseCandidate(knn("regressor")).training.channels).to.deep.equal({
      train: "train",
      test: "validation",
    });
  });

  it("have one number of classes, of which k-Nearest Neighbors has to be told nothing", () => {
    const { classes } = parseComparison({
      task: "multiclass",
      metric: "accuracy",
      candidates: {
        first: knn("classifier"),
        second: xgboost(softprob),
        third: multiclassLinear(3),
      },
    });
    const binary = parseComparison({
      task: "binary",
      metric: "accuracy",
      candidates: { first: knn("classifier"), second: binaryLinear },
    });

    expect(classes).to.equal(3);
    expect(binary.classes).to.equal(2);
  });

  for (const [task, candidate, kind] of [
    ["regression", xgboost(), "value"],
    ["regression", xgboost(training({ num_round: 5 })), "value"],
    ["regression", linearLearner(), "value"],
    ["regression", knn("regressor"), "value"],
    ["binary", xgboost(training({ objective: "binary:logistic", num_round: 5 })), "probability"],
    ["binary", xgboost(training({ objective: "binary:hinge", num_round: 5 })), "class"],
    ["binary", binaryLinear, "probability"],
    [
      "binary",
      linearLearner(training({ predictor_type: "binary_classifier", loss: "hinge_loss" })),
      "class",
    ],
    ["binary", knn("classifier"), "class"],
    ["multiclass", xgboost(softprob), "probabilities"],
    [
      "multiclass",
      xgboost(training({ objective: "multi:softmax", num_class: 3, num_round: 5 })),
      "class",
    ],
    ["multiclass", multiclassLinear(3), "probabilities"],
    ["multiclass", knn("classifier"), "class"],
  ] as const) {
    it(`answer with a ${kind}: ${JSON.stringify(candidate).slice(0, 110)} in the task ${task}`, () => {
      const others = {
        regression: xgboost(training({ num_round: 77 })),
        binary: xgboost(training({ objective: "binary:logistic", num_round: 77 })),
        multiclass: xgboost(training({ objective: "multi:softprob", num_class: 3, num_round: 77 })),
      };
      const metric = task === "regression" ? "rmse" : "accuracy";
      const { candidates } = parseComparison({
        task,
        metric,
        candidates: { candidate, other: others[task] },
      });

      expect(candidates[0]?.answer.kind).to.equal(kind);
    });
  }

  it("are those algorithms of the catalogue that learn labels from rows of CSV or libsvm", () => {
    const every: readonly Algorithm[] = Object.values(algorithms);
    const able = every.filter(
      ({ tasks, contentTypes }) =>
        tasks.some((task) => /^(regression|(binary|multi-class) classification)$/.test(task)) &&
        contentTypes.some((type) => type === "text/csv" || type === "text/libsvm"),
    );

    expect(every.filter(({ comparable }) => comparable !== undefined)).to.deep.equal(able);
  });

  for (const name of Object.keys(algorithms)) {
    it(`${name} is read, or refused once, with the reason`, () => {
      const { comparable, title } = algorithms[name as keyof typeof algorithms] as Algorithm;
      const found = () => problemsOf(() => parseComparison(beside({ algorithm: { name } })));
      if (comparable !== undefined) {
        for (const { path } of found()) expect(path).to.contain("training.hyperparameters");
      } else {
        expect(found().map(({ path }) => path)).to.deep.equal([
          "comparisons.abalone.candidates.first.algorithm.name",
        ]);
        expect(found()[0]?.rule).to.contain(title);
      }
    });
  }
});
