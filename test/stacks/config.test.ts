import { expect } from "chai";
import { minimalPipeline, parse, parsePipeline, problemsOf } from "./pipeline-config.ts";

describe("parseStackConfig", () => {
  it("fills in the defaults of a minimal pipeline", () => {
    expect(parse({ churn: minimalPipeline() })).to.deep.equal({
      stack: "dev",
      region: "us-east-2",
      pipelines: [
        {
          name: "churn",
          enabled: true,
          algorithm: { name: "xgboost", version: "3.0-5" },
          etl: {
            script: "glue/churn_etl.py",
            timeoutMinutes: 30,
            workerType: "G.1X",
            workerCount: 2,
            arguments: {},
          },
          training: {
            contentType: "text/csv",
            inputMode: "File",
            instanceType: "ml.m5.xlarge",
            instanceCount: 1,
            volumeSizeGib: 30,
            maxRuntimeMinutes: 60,
            hyperparameters: {
              objective: "binary:logistic",
              num_round: "100",
              eval_metric: "error",
            },
            channels: { train: "etl", validation: "etl" },
            metricDefinitions: [],
            spot: undefined,
            checkpoints: false,
            tuning: undefined,
          },
          validation: {
            enabled: true,
            metric: "validation:error",
            direction: "min",
            threshold: 0.1,
          },
          endpoint: {
            name: "dev-churn",
            instanceType: "ml.m5.large",
            instanceCount: 1,
            keepVersions: 3,
            timeoutMinutes: 30,
            deleteOnDestroy: true,
          },
          data: { forceDestroy: false, runRetentionDays: 90 },
          logs: { retentionDays: 30 },
          kmsKeyArn: undefined,
        },
      ],
      comparisons: [],
      network: undefined,
      warnings: [],
    });
  });

  it("keeps everything that is given", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-2:123456789012:key/0123abcd-12ab-34cd-56ef-0123456789ab";
    const given = {
      enabled: true,
      algorithm: { name: "xgboost", version: "1.7-1" },
      etl: {
        script: "glue/churn_etl.py",
        timeoutMinutes: 5,
        workerType: "G.2X",
        workerCount: 7,
        arguments: { SEED: 7, "user-jars-first": true },
      },
      training: {
        contentType: "text/libsvm",
        inputMode: "File",
        instanceType: "ml.c5.2xlarge",
        instanceCount: 2,
        volumeSizeGib: 50,
        maxRuntimeMinutes: 30,
        hyperparameters: {
          objective: "binary:logistic",
          num_round: 10,
          eval_metric: ["logloss", "auc"],
          eta: 0.1,
        },
        channels: { train: "etl", validation: "s3://lake/churn/holdout/" },
        spot: { maxWaitMinutes: 45 },
        checkpoints: false,
      },
      validation: { enabled: true, metric: "validation:auc", direction: "max", threshold: 0.9 },
      endpoint: {
        name: "Churn-1",
        instanceType: "ml.t2.medium",
        instanceCount: 3,
        keepVersions: 9,
        timeoutMinutes: 20,
        deleteOnDestroy: false,
      },
      data: { forceDestroy: true, runRetentionDays: 7 },
      logs: { retentionDays: 365 },
      kmsKeyArn,
    };

    expect(parsePipeline(given)).to.deep.equal({
      ...given,
      name: "churn",
      etl: { ...given.etl, arguments: { SEED: "7", "user-jars-first": "true" } },
      training: {
        ...given.training,
        metricDefinitions: [],
        tuning: undefined,
        hyperparameters: {
          objective: "binary:logistic",
          num_round: "10",
          eval_metric: "logloss,auc",
          eta: "0.1",
        },
      },
    });
  });

  it("takes numbers that pulumi config stored as texts, and a version that YAML read as a number", () => {
    const pipeline = parsePipeline({
      algorithm: { name: "xgboost", version: 1 },
      validation: { metric: "validation:error", threshold: "0.1" },
      endpoint: { instanceCount: "2" },
    });

    expect(pipeline).to.deep.include({
      algorithm: { name: "xgboost", version: "1" },
      validation: { enabled: true, metric: "validation:error", direction: "min", threshold: 0.1 },
    });
    expect(pipeline?.endpoint.instanceCount).to.equal(2);
  });

  for (const stack of ["Dev", "dev_1", "1dev", "dev--eu", "-dev", ""]) {
    it(`refuses a stack named "${stack}"`, () => {
      const [problem] = problemsOf(() => parse({ c: minimalPipeline() }, { stack }));

      expect(problem).to.include({
        path: "stack",
        received: stack,
        rule: "a name of lower-case letters, digits and single hyphens, a letter first: AWS names start with it",
      });
    });
  }

  for (const region of [undefined, "", "ohio", "us-east"]) {
    it(`refuses the region ${region}, and nothing else for it`, () => {
      const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/0123abcd";

      expect(
        problemsOf(() => parse({ churn: { ...minimalPipeline(), kmsKeyArn } }, { region })),
      ).to.deep.equal([
        {
          path: "aws:region",
          received: region,
          rule: "the region to deploy to",
          remedy: "add aws:region: us-east-2, or your region, below config",
        },
      ]);
    });
  }

  for (const region of ["us-east-2", "us-gov-west-1", "cn-north-1", "us-isob-east-1"]) {
    it(`takes the region ${region}`, () => {
      expect(parse({ churn: minimalPipeline() }, { region }).region).to.equal(region);
    });
  }

  for (const pipelines of [undefined, null, {}, [], "churn"]) {
    it(`refuses ${JSON.stringify(pipelines)} for pipelines`, () => {
      expect(problemsOf(() => parse(pipelines))).to.deep.equal([
        {
          path: "pipelines",
          received: pipelines ?? undefined,
          rule: "required: a mapping of one pipeline at least, by name",
          remedy:
            "add retraining:pipelines with a name and its sections below, as in Pulumi.dev.yaml",
        },
      ]);
    });
  }

  for (const [name, remedy] of [
    ["Churn", "name it churn"],
    ["churnModel", "name it churn-model"],
    ["churn_model", "name it churn-model"],
    ["churn--eu", "name it churn-eu"],
    ["2churn", "name it churn"],
    ["churn-", "name it churn"],
    ["客户", "name it churn, say"],
  ] as const) {
    it(`refuses a pipeline named ${name}`, () => {
      expect(problemsOf(() => parse({ [name]: minimalPipeline() }))).to.deep.equal([
        {
          path: `pipelines.${name}`,
          received: name,
          rule: "a name of lower-case letters, digits and single hyphens, a letter first",
          remedy,
        },
      ]);
    });
  }

  it("takes stack and pipeline of 25 characters together, and not of 26", () => {
    const longest = "a".repeat(21);

    expect(parse({ [longest]: minimalPipeline() }).pipelines[0]?.endpoint.name).to.have.length(25);
    expect(problemsOf(() => parse({ [`${longest}b`]: minimalPipeline() }))).to.deep.equal([
      {
        path: `pipelines.${longest}b`,
        received: `${longest}b`,
        rule: `dev-${longest}b (stack and pipeline) has 26 characters: 25 at most, for AWS's limits on what is named after it`,
        remedy: "shorten the pipeline's name by 1",
      },
    ]);
  });

  it("refuses two pipelines with one endpoint, whatever the case", () => {
    const endpoint = (name: string) => ({ ...minimalPipeline(), endpoint: { name } });

    expect(
      problemsOf(() =>
        parse({ one: endpoint("churn"), two: endpoint("other"), three: endpoint("CHURN") }),
      ),
    ).to.deep.equal([
      {
        path: "pipelines.three.endpoint.name",
        received: "CHURN",
        rule: "pipeline one has an endpoint of this name: each would replace the other's model",
        remedy: "write another, or leave it out for <stack>-three",
      },
    ]);
  });

  it("refuses an endpoint with the name that another has by default", () => {
    const pipelines = {
      one: minimalPipeline(),
      two: { ...minimalPipeline(), endpoint: { name: "dev-one" } },
    };

    expect(problemsOf(() => parse(pipelines)).map(({ path }) => path)).to.deep.equal([
      "pipelines.two.endpoint.name",
    ]);
  });

  it("reports the mistakes of all pipelines and sections at once", () => {
    const problems = problemsOf(() =>
      parse({
        churn: {
          ...minimalPipeline(),
          algorithm: { name: "xgbost" },
          etl: { script: "glue/chrn_etl.py", timeoutMinutes: 0 },
          training: { instanceType: "c5.xlarge", hyperparameters: { num_round: 0, eta: 2 } },
          logging: {},
        },
        Bad: { ...minimalPipeline(), validation: { metric: "validation:eror", threshold: "low" } },
      }),
    );

    expect(problems.map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.logging",
      "pipelines.churn.algorithm.name",
      "pipelines.churn.etl.timeoutMinutes",
      "pipelines.churn.etl.script",
      "pipelines.churn.training.instanceType",
      "pipelines.churn.training.hyperparameters.num_round",
      "pipelines.churn.training.hyperparameters.eta",
      "pipelines.churn.validation.metric",
      "pipelines.Bad",
      "pipelines.Bad.validation.threshold",
      "pipelines.Bad.validation.metric",
    ]);
  });
});
