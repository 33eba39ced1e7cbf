import { expect } from "chai";
import { parsePipeline, problemsOf } from "./minimal-pipeline.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const training = (more: object) => ({ training: { hyperparameters, ...more } });
const etl = (more: object) => ({ etl: { script: "glue/churn_etl.py", ...more } });
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";
const gate = { metric: "validation:error", threshold: 0.1 };
const formOfName =
  "a name of letters, digits and hyphens, at most 63, a letter or digit first and last";
const days =
  "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";

// [what a pipeline has instead, path below the pipeline, value reported, rule, remedy]
const refused: readonly [Record<string, unknown>, string, unknown, string, string][] = [
  [
    { algorithm: undefined },
    "algorithm",
    undefined,
    "required: what the pipeline trains with",
    "add algorithm: { name: xgboost }",
  ],
  [
    { algorithm: "xgboost" },
    "algorithm",
    "xgboost",
    "a mapping",
    "write keys below it: name, version, image",
  ],
  [
    { algorithm: {} },
    "algorithm",
    {},
    "either name or image",
    "write one of the two, such as algorithm: { name: xgboost }",
  ],
  [
    { algorithm: { name: "XGBoots" } },
    "algorithm.name",
    "XGBoots",
    "a built-in algorithm of the catalogue: xgboost",
    "write xgboost",
  ],
  [
    { algorithm: { name: "prophet" } },
    "algorithm.name",
    "prophet",
    "a built-in algorithm of the catalogue: xgboost",
    "write one of these, or give the full path of an image instead",
  ],
  [
    { algorithm: { name: "xgboost", version: "3.0-6" } },
    "algorithm.version",
    "3.0-6",
    "a version of XGBoost: 1, 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, 3.2-0",
    "write 3.0-5, or leave it out for 3.0-5",
  ],
  [
    { algorithm: { image: "xgboost:latest" } },
    "algorithm.image",
    "xgboost:latest",
    "a full ECR path with tag or digest",
    "write <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>",
  ],
  [
    { algorithm: { image, version: "1" }, validation: { enabled: false } },
    "algorithm.version",
    "1",
    "an image carries its version in its tag",
    "remove version",
  ],
  [
    { algorithm: { image }, validation: gate },
    "validation.direction",
    undefined,
    "required: nothing is known of the image's metrics",
    "write direction: min where smaller is better, else max",
  ],

  [
    { etl: {} },
    "etl.script",
    undefined,
    "path of the Glue script, relative to the project",
    "add it, such as script: glue/churn_etl.py",
  ],
  [
    { etl: { script: "glue/churn_elt.py" } },
    "etl.script",
    "glue/churn_elt.py",
    "a file that exists, relative to the project",
    "write glue/churn_etl.py",
  ],
  [
    { etl: { script: "nowhere/x.py" } },
    "etl.script",
    "nowhere/x.py",
    "a file that exists, relative to the project",
    "create it, or correct the path",
  ],
  [
    { etl: { script: "package.json" } },
    "etl.script",
    "package.json",
    "a Python file, *.py: AWS Glue runs nothing else here",
    "name a PySpark script",
  ],
  [
    { etl: { script: "../x.py" } },
    "etl.script",
    "../x.py",
    "a file inside the project",
    "move the script below the project's folder, such as into glue/",
  ],
  [
    etl({ timeoutMinutes: 10080 }),
    "etl.timeoutMinutes",
    10080,
    "a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
    "lower it to 10079 at most",
  ],
  [
    etl({ timeoutMinutes: "30m" }),
    "etl.timeoutMinutes",
    "30m",
    "a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
    "write a whole number, without a unit",
  ],
  [
    etl({ workerCount: 1 }),
    "etl.workerCount",
    1,
    "a whole number of workers, 2 to 299 (Glue counts the driver in)",
    "raise it to 2 at least",
  ],
  [
    etl({ workerType: "G.025X" }),
    "etl.workerType",
    "G.025X",
    "a Glue worker type for Spark: G.1X, G.2X, G.4X, G.8X, G.12X, G.16X, R.1X, R.2X, R.4X, R.8X",
    "write G.1X unless the data outgrow its 16 GB",
  ],
  [
    etl({ workerCounts: 2 }),
    "etl.workerCounts",
    2,
    "unknown key; known here: script, timeoutMinutes, workerType, workerCount, arguments",
    "write workerCount",
  ],
  [
    etl({ arguments: ["a"] }),
    "etl.arguments",
    ["a"],
    "a mapping of names to values",
    "write NAME: value below it",
  ],
  [
    etl({ arguments: { A: [1] } }),
    "etl.arguments.A",
    [1],
    "a text, a number or a boolean",
    "write one, in quotes where it holds more",
  ],
  [
    etl({ arguments: { "--A": 1 } }),
    "etl.arguments.--A",
    1,
    "a name without leading hyphens: the pipeline adds them",
    "write A",
  ],
  [
    etl({ arguments: { "a b": 1 } }),
    "etl.arguments.a b",
    1,
    "a name of letters, digits, _ and -, a letter first",
    "take such a name",
  ],

  [
    training({ contentType: "text/csv; charset=utf-8" }),
    "training.contentType",
    "text/csv; charset=utf-8",
    "a content type that XGBoost trains from, letter for letter: text/csv, csv, text/libsvm, text/x-libsvm, libsvm, application/x-parquet, parquet, application/x-recordio-protobuf, recordio-protobuf",
    "write text/csv",
  ],
  [
    training({ instanceType: "c5.xlarge" }),
    "training.instanceType",
    "c5.xlarge",
    "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
    "write ml.c5.xlarge",
  ],
  [
    training({ instanceCount: 0 }),
    "training.instanceCount",
    0,
    "a whole number of instances, 1 to 100 (SageMaker's quotas may be lower)",
    "raise it to 1 at least",
  ],
  [
    training({ volumeSizeGib: 1.5 }),
    "training.volumeSizeGib",
    1.5,
    "a whole number of GiB, 1 to 16384 (the largest volume of a training job)",
    "write a whole number, without a unit",
  ],
  [
    training({ maxRuntimeMinutes: 40321 }),
    "training.maxRuntimeMinutes",
    40321,
    "a whole number of minutes, 1 to 40320 (SageMaker's 28 days)",
    "lower it to 40320 at most",
  ],
  [
    training({ hyperparameters: 5 }),
    "training.hyperparameters",
    5,
    "a mapping of names to values",
    "write name: value below it",
  ],
  [
    training({ spot: true }),
    "training.spot",
    true,
    "a mapping",
    "write keys below it: maxWaitMinutes",
  ],
  [
    training({ spot: {} }),
    "training.spot.maxWaitMinutes",
    undefined,
    "a whole number of minutes, 1 to 40320 (SageMaker's 28 days)",
    "write a whole number, without a unit",
  ],
  [
    training({ maxRuntimeMinutes: 60, spot: { maxWaitMinutes: 59 } }),
    "training.spot.maxWaitMinutes",
    59,
    "at least training.maxRuntimeMinutes (60): it counts waiting and training together",
    "raise it to 60 at least, or lower training.maxRuntimeMinutes",
  ],

  [
    { validation: undefined },
    "validation",
    undefined,
    "required: what a model must reach before it serves",
    'add validation: { metric: "validation:error", threshold: 0.1 }, or validation: { enabled: false } to deploy every model',
  ],
  [
    { validation: { threshold: 0.1 } },
    "validation.metric",
    undefined,
    "required: the metric that decides",
    'add it, such as metric: "validation:error", or write validation: { enabled: false }',
  ],
  [
    { validation: { metric: "validation:error" } },
    "validation.threshold",
    undefined,
    "required: what the metric is compared with",
    "add it, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, threshold: "low" } },
    "validation.threshold",
    "low",
    "a number that the metric is compared with",
    "write a number, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, threshold: Number.NaN } },
    "validation.threshold",
    Number.NaN,
    "a number that the metric is compared with",
    "write a number, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, metric: "validation:auc" } },
    "validation.metric",
    "validation:auc",
    "with eval_metric error, XGBoost 3.0-5 computes error: not auc",
    'set training.hyperparameters.eval_metric: "error,auc", or gate on validation:error',
  ],
  [
    { validation: { ...gate, direction: "max" } },
    "validation.direction",
    "max",
    "validation:error is better when smaller",
    "remove direction: the catalogue knows it",
  ],
  [
    { validation: { ...gate, direction: "down" } },
    "validation.direction",
    "down",
    "min where smaller is better, max where greater is",
    "write min or max",
  ],
  [
    { validation: { ...gate, enabled: "no" } },
    "validation.enabled",
    "no",
    "true or false",
    "write true or false, without quotes",
  ],

  [
    { endpoint: { name: "churn_1" } },
    "endpoint.name",
    "churn_1",
    formOfName,
    "write such a name, or leave it out for <stack>-<pipeline>",
  ],
  [
    { endpoint: { name: "a".repeat(64) } },
    "endpoint.name",
    "a".repeat(64),
    formOfName,
    "write such a name, or leave it out for <stack>-<pipeline>",
  ],
  [
    { endpoint: { instanceType: "ml.t3.large" } },
    "endpoint.instanceType",
    "ml.t3.large",
    "SageMaker has no endpoints on ml.t3",
    "take another family, such as ml.m5.large",
  ],
  [
    { endpoint: { keepVersions: 0 } },
    "endpoint.keepVersions",
    0,
    "a whole number of versions, 1 to 100 (the serving one included)",
    "raise it to 1 at least",
  ],
  [
    { endpoint: { timeoutMinutes: 721 } },
    "endpoint.timeoutMinutes",
    721,
    "a whole number of minutes, 1 to 720 (bounds the run's wait for the endpoint)",
    "lower it to 720 at most",
  ],
  [
    { data: { forceDestroy: "true" } },
    "data.forceDestroy",
    "true",
    "true or false",
    "write true or false, without quotes",
  ],
  [
    { data: { runRetentionDays: 0 } },
    "data.runRetentionDays",
    0,
    "a whole number of days, 1 to 36500 (100 years)",
    "raise it to 1 at least",
  ],
  [
    { logs: { retentionDays: 31 } },
    "logs.retentionDays",
    31,
    `days that CloudWatch Logs offers: ${days}`,
    "write 60",
  ],
  [
    { logs: { retentionDays: 9999 } },
    "logs.retentionDays",
    9999,
    `days that CloudWatch Logs offers: ${days}`,
    "write 3653",
  ],
  [{ logs: 7 }, "logs", 7, "a mapping", "write keys below it: retentionDays"],
  ...[
    "alias/mine",
    "arn:aws:kms:us-east-2:123456789012:alias/mine",
    "arn:aws:kms:eu-west-1:123456789012:key/0123abcd",
  ].map((kmsKeyArn): [Record<string, unknown>, string, unknown, string, string] => [
    { kmsKeyArn },
    "kmsKeyArn",
    kmsKeyArn,
    "the ARN of a KMS key in us-east-2; aliases cannot stand in policies",
    "write arn:aws:kms:us-east-2:<account>:key/<id>, or leave it out for the keys that AWS owns",
  ]),
  [
    { algoritm: {} },
    "algoritm",
    {},
    "unknown key; known here: algorithm, etl, training, validation, endpoint, data, logs, kmsKeyArn",
    "write algorithm",
  ],
];

describe("a pipeline's config", () => {
  for (const [sections, path, received, rule, remedy] of refused) {
    it(`refuses ${JSON.stringify(sections).slice(0, 90)}`, () => {
      expect(problemsOf(() => parsePipeline(sections))).to.deep.equal([
        { path: `pipelines.churn.${path}`, received, rule, remedy },
      ]);
    });
  }

  for (const name of [
    "S3_INPUT_FILE",
    "S3_TRAIN_KEY",
    "S3_VALIDATE_KEY",
    "S3_TEST_KEY",
    "S3_REPORT_KEY",
  ]) {
    it(`refuses the ETL argument ${name}, that every run passes`, () => {
      expect(problemsOf(() => parsePipeline(etl({ arguments: { [name]: "x" } })))).to.deep.equal([
        {
          path: `pipelines.churn.etl.arguments.${name}`,
          received: "x",
          rule: "reserved: every run passes it to the script",
          remedy: "remove it, the script gets it anyway",
        },
      ]);
    });
  }

  for (const name of [
    "JOB_NAME",
    "JOB_RUN_ID",
    "TempDir",
    "job-bookmark-option",
    "extra-py-files",
    "enable-metrics",
    "conf",
  ]) {
    it(`refuses the ETL argument ${name}, that Glue or the pipeline sets`, () => {
      expect(problemsOf(() => parsePipeline(etl({ arguments: { [name]: "x" } })))).to.deep.equal([
        {
          path: `pipelines.churn.etl.arguments.${name}`,
          received: "x",
          rule: "reserved: AWS Glue or the pipeline sets it",
          remedy: "remove it, or take another name",
        },
      ]);
    });
  }

  it("passes other ETL arguments on as texts", () => {
    const given = {
      MAX_DROPPED_ROWS: 10,
      RATIO: 1e-7,
      STRICT: false,
      "additional-python-modules": "x==1",
    };

    expect(parsePipeline(etl({ arguments: given }))?.etl.arguments).to.deep.equal({
      MAX_DROPPED_ROWS: "10",
      RATIO: "0.0000001",
      STRICT: "false",
      "additional-python-modules": "x==1",
    });
  });

  it("needs no metric when validation is off, and keeps nothing of one", () => {
    const validation = { enabled: false, metric: "whatever", threshold: 3 };

    expect(parsePipeline({ validation })?.validation).to.deep.equal({ enabled: false });
  });

  it("takes an image with hyperparameters and a metric that nobody here knows", () => {
    const pipeline = parsePipeline({
      algorithm: { image },
      training: {
        contentType: "application/jsonlines",
        hyperparameters: { "learning-rate": 0.1, deep: true },
      },
      validation: { metric: "loss", direction: "min", threshold: 2 },
    });

    expect(pipeline?.algorithm).to.deep.equal({ image });
    expect(pipeline?.training.contentType).to.equal("application/jsonlines");
    expect(pipeline?.training.hyperparameters).to.deep.equal({
      "learning-rate": "0.1",
      deep: "true",
    });
    expect(pipeline?.validation).to.deep.equal({
      enabled: true,
      metric: "loss",
      direction: "min",
      threshold: 2,
    });
  });

  it("takes spot training that waits exactly as long as it may run, and spot: false for none", () => {
    expect(parsePipeline(training({ spot: { maxWaitMinutes: 60 } }))?.training.spot).to.deep.equal({
      maxWaitMinutes: 60,
    });
    expect(parsePipeline(training({ spot: false }))?.training.spot).to.equal(undefined);
  });

  it("does not ask for the metric while the hyperparameters that decide it are wrong", () => {
    const given = training({ hyperparameters: { ...hyperparameters, eval_metric: "eror" } });

    expect(problemsOf(() => parsePipeline(given)).map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.training.hyperparameters.eval_metric",
    ]);
  });

  it("checks hyperparameters against the algorithm that was probably meant", () => {
    const given = {
      algorithm: { name: "xgbost" },
      training: { hyperparameters: { ...hyperparameters, eta: 2 } },
    };

    expect(problemsOf(() => parsePipeline(given)).map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.algorithm.name",
      "pipelines.churn.training.hyperparameters.eta",
    ]);
  });
});
