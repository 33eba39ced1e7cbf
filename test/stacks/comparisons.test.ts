import { expect } from "chai";
import {
  type ComparisonRefusal,
  comparisonWarnings,
  linearLearner,
  minimalComparison,
  parseComparison,
  refusesComparisons,
  xgboost,
} from "./comparison-config.ts";
import { minimalPipeline, parse, problemsOf } from "./pipeline-config.ts";

const refused: readonly ComparisonRefusal[] = [
  [
    { task: "regresion" },
    "task",
    "regresion",
    "what is predicted: regression (a number), binary (class 0 or 1) or multiclass (classes 0, 1, 2, ...)",
    "write regression",
  ],
  [
    { task: undefined },
    "task",
    undefined,
    "what is predicted: regression (a number), binary (class 0 or 1) or multiclass (classes 0, 1, 2, ...)",
    "write one of the three",
  ],
  [
    { metric: "RMSE" },
    "metric",
    "RMSE",
    "a score of the task regression: rmse, mae, r2",
    "write rmse",
  ],
  [
    { metric: "accuracy" },
    "metric",
    "accuracy",
    "a score of the task regression: rmse, mae, r2",
    "write one of these",
  ],
  [
    { metric: "validation:mae" },
    "metric",
    "validation:mae",
    "a score of the task regression: rmse, mae, r2",
    "write mae",
  ],
  [
    { validation: { metric: "validation:rmse", threshold: 2 } },
    "validation",
    { metric: "validation:rmse", threshold: 2 },
    "a comparison has no gate on a training metric: candidates are held against each other by metric, on test rows",
    "remove it; what a winner has to reach to serve is promotion.threshold",
  ],
  [{ margin: -1 }, "margin", -1, "a number, 0 at least", "write one, such as 0.1"],
  [
    { maxConcurrency: 0 },
    "maxConcurrency",
    0,
    "a whole number of candidates at a time, 1 to 20 (there are no more)",
    "raise it to 1 at least",
  ],
  [
    { accumulate: "yes" },
    "accumulate",
    "yes",
    "true or false",
    "write true or false, without quotes",
  ],
  [
    { candiates: {} },
    "candiates",
    {},
    "unknown key; known here: task, metric, margin, maxConcurrency, accumulate, enabled, etl, split, candidates, evaluation, promotion, data, logs, kmsKeyArn",
    "write candidates",
  ],
  [
    { split: { train: 80 } },
    "split",
    { train: 80 },
    "train, validation and test add up to 100, not 110 (left out they are 70, 15 and 15)",
    "write train: 70, or other numbers",
  ],
  [
    { split: { validation: 60, test: 45 } },
    "split",
    { validation: 60, test: 45 },
    "train, validation and test add up to 100, not 175 (left out they are 70, 15 and 15)",
    "lower validation or test",
  ],
  [
    { split: { train: 85, validation: 0, test: 15 } },
    "split.validation",
    0,
    "a whole number of percent, 1 to 98 (each split gets one)",
    "raise it to 1 at least",
  ],
  [
    { split: { seed: 1.5 } },
    "split.seed",
    1.5,
    "a whole number, 0 to 2147483647",
    "write one, or leave it out for 1",
  ],
  [
    { etl: { arguments: { SPLIT: "80,10,10" } } },
    "etl.arguments.SPLIT",
    "80,10,10",
    "reserved: every run passes it to the script",
    "write split of the comparison instead",
  ],
  [
    { etl: { arguments: { S3_OUTPUT_KEY: "s3://a/b/" } } },
    "etl.arguments.S3_OUTPUT_KEY",
    "s3://a/b/",
    "reserved: every run passes it to the script",
    "remove it, the script gets it anyway",
  ],
  [
    { etl: { arguments: { LABEL_COL: "churned" } } },
    "etl.arguments.LABEL_COL",
    "churned",
    "an argument that glue/libsvm_split.py takes: INPUT_FORMAT, LABEL_COLUMN, MAX_DROPPED_ROWS",
    "write LABEL_COLUMN",
  ],
  [
    { etl: { arguments: { INPUT_FORMAT: "parquet" } } },
    "etl.arguments.INPUT_FORMAT",
    "parquet",
    "one of auto, libsvm, csv",
    "write one of them",
  ],
  [
    { etl: { script: "glue/libsvm_splti.py" } },
    "etl.script",
    "glue/libsvm_splti.py",
    "a file that exists, relative to the project",
    "write glue/libsvm_split.py",
  ],
  [
    { evaluation: { by: "transform" } },
    "evaluation.by",
    "transform",
    "endpoint (live requests) or batch (batch transform)",
    "write endpoint or batch",
  ],
  [
    { evaluation: { samples: 300_000, resamples: 10_000 } },
    "evaluation.samples",
    300_000,
    "at most 200000 with 2 candidates and 10000 resamples: more take longer than a function may",
    "lower it to 200000 at most, or lower resamples",
  ],
  [
    { evaluation: { samples: 10 } },
    "evaluation.samples",
    10,
    "all, or a whole number of test rows, 30 to 500000: intervals of fewer say little",
    "raise it to 30 at least",
  ],
  [
    { evaluation: { samples: "some" } },
    "evaluation.samples",
    "some",
    "all, or a whole number of test rows, 30 to 500000: intervals of fewer say little",
    "write all, or a number",
  ],
  [
    { evaluation: { resamples: 10 } },
    "evaluation.resamples",
    10,
    "a whole number of resamples, 100 to 10000 (more take long and tell little)",
    "raise it to 100 at least",
  ],
  [
    { evaluation: { confidence: 95 } },
    "evaluation.confidence",
    95,
    "how sure intervals are to hold, 0.5 to 0.999",
    "write 0.95",
  ],
  [
    { evaluation: { confidence: 1 } },
    "evaluation.confidence",
    1,
    "how sure intervals are to hold, 0.5 to 0.999",
    "write such a number, or leave it out for 0.95",
  ],
  [
    { promotion: { threshold: -1 } },
    "promotion.threshold",
    -1,
    "rmse is 0 at least: nothing would pass",
    "raise it",
  ],
  [
    { metric: "r2", promotion: { threshold: 2 } },
    "promotion.threshold",
    2,
    "r2 is 1 at most",
    "lower it",
  ],
  [
    { promotion: { enabled: true, endpoint: { name: "a_b" } } },
    "promotion.endpoint.name",
    "a_b",
    "a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
    "write such a name, or leave it out for <stack>-<comparison>",
  ],
  [
    { promotion: { enabled: true, endpoint: { instanceType: "ml.c6g.large" } } },
    "promotion.endpoint.instanceType",
    "ml.c6g.large",
    "ml.c6g has Arm processors; the image of XGBoost is built for x86 and NVIDIA GPUs",
    "take another family, such as ml.m5.large",
  ],
  [
    { data: { forceDestroy: 1 } },
    "data.forceDestroy",
    1,
    "true or false",
    "write true or false, without quotes",
  ],
  [
    { logs: { retentionDays: 31 } },
    "logs.retentionDays",
    31,
    "days that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    "write 60",
  ],
];

describe("comparisons", () => {
  it("fill in the defaults of a minimal one", () => {
    const { candidates, ...comparison } = parseComparison();

    expect(comparison).to.deep.equal({
      name: "abalone",
      enabled: true,
      task: "regression",
      classes: undefined,
      metric: "rmse",
      margin: 0,
      etl: {
        script: "glue/libsvm_split.py",
        timeoutMinutes: 30,
        workerType: "G.1X",
        workerCount: 2,
        arguments: {},
      },
      split: { train: 70, validation: 15, test: 15, seed: 1 },
      evaluation: { by: "endpoint", samples: "all", resamples: 1000, confidence: 0.95, seed: 1 },
      maxConcurrency: 2,
      accumulate: false,
      promotion: {
        enabled: false,
        endpoint: {
          name: "dev-abalone",
          instanceType: "ml.m5.large",
          instanceCount: 1,
          keepVersions: 3,
          timeoutMinutes: 30,
          deleteOnDestroy: true,
        },
        threshold: undefined,
      },
      data: { forceDestroy: false, runRetentionDays: 90 },
      logs: { retentionDays: 30 },
      kmsKeyArn: undefined,
    });
    expect(candidates.map(({ key, number }) => [key, number])).to.deep.equal([
      ["xgboost", "c01"],
      ["linear", "c02"],
    ]);
  });

  it("keep everything that is given", () => {
    const given = {
      enabled: false,
      metric: "mae",
      margin: 0.25,
      etl: {
        script: "glue/libsvm_split.py",
        timeoutMinutes: 5,
        workerType: "G.2X",
        workerCount: 4,
        arguments: { MAX_DROPPED_ROWS: "3" },
      },
      split: { train: 60, validation: 20, test: 20, seed: 7 },
      evaluation: { by: "batch", samples: 500, resamples: 2000, confidence: 0.9, seed: 3 },
      maxConcurrency: 5,
      accumulate: true,
      promotion: {
        enabled: true,
        endpoint: {
          name: "rings",
          instanceType: "ml.c5.large",
          instanceCount: 2,
          keepVersions: 5,
          timeoutMinutes: 20,
          deleteOnDestroy: false,
        },
        threshold: 1.5,
      },
      data: { forceDestroy: true, runRetentionDays: 7 },
      logs: { retentionDays: 7 },
      kmsKeyArn: "arn:aws:kms:us-east-2:123456789012:key/0123abcd-12ab-34cd-56ef-0123456789ab",
    };

    expect(parseComparison(given)).to.deep.include(given);
  });

  it("take numbers that pulumi config stored as texts", () => {
    const { margin, split, evaluation } = parseComparison({
      margin: "0.5",
      split: { train: "80", validation: "10", test: "10" },
      evaluation: { samples: "100", confidence: "0.9" },
    });

    expect(margin).to.equal(0.5);
    expect(split).to.include({ train: 80, validation: 10, test: 10 });
    expect(evaluation).to.include({ samples: 100, confidence: 0.9 });
  });

  refusesComparisons(refused);

  for (const [task, metric] of Object.entries({ binary: "log_loss", multiclass: "log_loss" })) {
    it(`decide by ${metric} in the task ${task} where no metric is given`, () => {
      const isBinary = task === "binary";
      const candidates = {
        xgboost: xgboost({
          training: {
            hyperparameters: isBinary
              ? { objective: "binary:logistic", num_round: 5 }
              : { objective: "multi:softprob", num_class: 3, num_round: 5 },
          },
        }),
        linear: linearLearner({
          training: {
            hyperparameters: isBinary
              ? { predictor_type: "binary_classifier" }
              : { predictor_type: "multiclass_classifier", num_classes: 3 },
          },
        }),
      };

      expect(parseComparison({ task, candidates }).metric).to.equal(metric);
    });
  }

  it("have margins below 1 of scores that are shares", () => {
    const problems = problemsOf(() =>
      parseComparison({
        task: "binary",
        metric: "accuracy",
        margin: 2,
        candidates: {
          xgboost: xgboost({
            training: { hyperparameters: { objective: "binary:logistic", num_round: 5 } },
          }),
          linear: linearLearner({
            training: { hyperparameters: { predictor_type: "binary_classifier" } },
          }),
        },
      }),
    );

    expect(problems).to.deep.equal([
      {
        path: "comparisons.abalone.margin",
        received: 2,
        rule: "less than 1: accuracy lies between 0 and 1",
        remedy: "write 0.02 for 2 percent",
      },
    ]);
  });

  it("are told where there are too few resamples for so many candidates", () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `x${index}`,
        xgboost({
          training: { hyperparameters: { objective: "reg:squarederror", num_round: index + 1 } },
        }),
      ]),
    );

    expect(
      comparisonWarnings({ candidates: many, evaluation: { confidence: 0.99 } }),
    ).to.deep.equal([
      {
        path: "comparisons.abalone.evaluation.resamples",
        message:
          "an interval of 0.99 among 20 candidates leaves out less than one of 1000 resamples at each end: write 3800 at least",
      },
    ]);
    expect(comparisonWarnings({ candidates: many })).to.deep.equal([]);
  });

  it("refuse instances of which there are none for batch transform, where they are asked for", () => {
    const sections = (by: string) => ({
      evaluation: { by },
      candidates: {
        xgboost: xgboost({ endpoint: { instanceType: "ml.t2.medium" } }),
        linear: linearLearner(),
      },
    });

    expect(parseComparison(sections("endpoint")).candidates[0]?.endpoint.instanceType).to.equal(
      "ml.t2.medium",
    );
    expect(problemsOf(() => parseComparison(sections("batch")))).to.deep.equal([
      {
        path: "comparisons.abalone.candidates.xgboost.endpoint.instanceType",
        received: "ml.t2.medium",
        rule: "SageMaker has no batch transform on ml.t2",
        remedy: "take another family, such as ml.m5.large",
      },
    ]);
  });
});

describe("a stack with comparisons", () => {
  const abalone = minimalComparison();

  it("needs no pipeline", () => {
    const { pipelines, comparisons, warnings } = parse(undefined, { comparisons: { abalone } });

    expect([pipelines.length, comparisons.length, warnings.length]).to.deep.equal([0, 1, 0]);
  });

  it("needs a comparison or a pipeline", () => {
    const [problem] = problemsOf(() => parse(undefined));

    expect(problem).to.deep.include({ path: "pipelines", received: undefined });
  });

  for (const comparisons of [{}, [], "abalone"]) {
    it(`refuses ${JSON.stringify(comparisons)} for comparisons`, () => {
      const problems = problemsOf(() => parse({ churn: minimalPipeline() }, { comparisons }));

      expect(problems).to.deep.equal([
        {
          path: "comparisons",
          received: comparisons,
          rule: "a mapping of one comparison at least, by name",
          remedy:
            "write a name and its sections below, as in Pulumi.dev.yaml, or remove retraining:comparisons",
        },
      ]);
    });
  }

  it("refuses a comparison with a pipeline's name", () => {
    const churn = minimalPipeline();
    const promoted = { ...abalone, promotion: { endpoint: { name: "other" } } };

    expect(problemsOf(() => parse({ churn }, { comparisons: { churn: promoted } }))).to.deep.equal([
      {
        path: "comparisons.churn",
        received: "churn",
        rule: "a pipeline of the stack has this name: what AWS is given is named after both alike",
        remedy: "name it churn-comparison, or otherwise",
      },
    ]);
  });

  for (const [name, rule, remedy] of [
    [
      "Abalone",
      "a name of lower-case letters, digits and single hyphens, a letter first",
      "name it abalone",
    ],
    [
      "1",
      "a name of lower-case letters, digits and single hyphens, a letter first",
      "name it abalone, say",
    ],
    [
      "a".repeat(22),
      `dev-${"a".repeat(22)} (stack and comparison) has 26 characters: 25 at most, for AWS's limits on what is named after it`,
      "shorten the comparison's name by 1",
    ],
  ] as const) {
    it(`refuses the name ${name}`, () => {
      const problems = problemsOf(() => parse(undefined, { comparisons: { [name]: abalone } }));

      expect(problems[0]).to.deep.equal({
        path: `comparisons.${name}`,
        received: name,
        rule,
        remedy,
      });
    });
  }

  it("refuses a promotion to an endpoint that a pipeline has, unless one of them is off", () => {
    const churn = { ...minimalPipeline(), endpoint: { name: "Production" } };
    const promoting = (enabled: boolean, promotes: boolean) => ({
      ...abalone,
      enabled,
      promotion: { enabled: promotes, endpoint: { name: "production" } },
    });
    const read = (enabled: boolean, promotes: boolean) =>
      parse({ churn }, { comparisons: { abalone: promoting(enabled, promotes) } });

    expect(problemsOf(() => read(true, true))).to.deep.equal([
      {
        path: "comparisons.abalone.promotion.endpoint.name",
        received: "production",
        rule: "pipeline churn has an endpoint of this name: each would replace the other's model",
        remedy: "write another, or leave it out for <stack>-abalone",
      },
    ]);
    expect(read(true, false).comparisons).to.have.length(1);
    expect(read(false, true).comparisons).to.have.length(1);
  });

  it("tells that nothing is deployed where all are off", () => {
    const off = { ...abalone, enabled: false };
    const { warnings } = parse(
      { churn: { ...minimalPipeline(), enabled: false } },
      { comparisons: { abalone: off } },
    );
    const alone = parse(undefined, { comparisons: { abalone: off } }).warnings;

    expect(warnings.map(({ message }) => message)).to.deep.equal([
      "every pipeline and comparison has enabled: false: nothing is deployed, and what was is deleted",
    ]);
    expect(alone.map(({ path }) => path)).to.deep.equal(["comparisons"]);
  });

  it("reports the mistakes of pipelines and comparisons at once", () => {
    const churn = { ...minimalPipeline(), etl: {} };
    const problems = problemsOf(() =>
      parse({ churn }, { comparisons: { abalone: { ...abalone, task: 1 } } }),
    );

    expect(problems.map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.etl.script",
      "comparisons.abalone.task",
    ]);
  });
});
