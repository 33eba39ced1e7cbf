import { expect } from "chai";
import type { PipelineConfig } from "../../../stacks/config.ts";
import { recorded, run, updating } from "../../support/churn-run.ts";
import { churn, churnContext } from "../../support/pipeline.ts";
import { failingFirst, runInput, versionName } from "../../support/run-tasks.ts";

describe("a run", () => {
  it("creates an endpoint that is not there", async () => {
    const execution = await run();

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path).to.deep.equal([
      "Is Run Its Own?",
      "Prepare Run",
      "Run ETL",
      "Train Model",
      "Check Metric",
      "Write Schema",
      "Create Model",
      "Create Endpoint Config",
      "Resolve Endpoint",
      "Does Endpoint Exist?",
      "Create Endpoint",
      "Describe Endpoint",
      "Is Endpoint Ready?",
      "Prune Versions",
      "Record Run",
      "Has Run Succeeded?",
      "Succeed Run",
    ]);
    expect(execution.calls["Create Endpoint"]).to.deep.equal([
      { EndpointName: "churn", EndpointConfigName: versionName },
    ]);
  });

  it("updates one that is there, and keeps its capacity as the function says", async () => {
    const execution = await run({ "Resolve Endpoint": updating });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Update Endpoint"]).to.deep.equal([
      { EndpointName: "churn", EndpointConfigName: versionName, RetainAllVariantProperties: true },
    ]);
    expect(execution.calls["Create Endpoint"]).to.equal(undefined);
  });

  it("hands ETL the snapshot, and the folders of its title to write to", async () => {
    const execution = await run();

    const output = `s3://${churnContext().bucket}/output/request-01-0123456789`;
    expect(execution.calls["Run ETL"]).to.deep.equal([
      {
        JobName: "dev-churn-etl",
        Arguments: {
          "--S3_INPUT_FILE": runInput.inputUri,
          "--S3_TRAIN_KEY": `${output}/train/`,
          "--S3_VALIDATE_KEY": `${output}/validate/`,
          "--S3_TEST_KEY": `${output}/test/`,
          "--S3_REPORT_KEY": `${output}/etl.json`,
        },
      },
    ]);
  });

  it("hands ETL the folder of each further channel that it feeds, and of no other", async () => {
    const channels = { train: "etl", auxiliary: "etl", train_lst: "etl", code: "s3://lake/x/" };
    const training = { ...churn().training, channels } as PipelineConfig["training"];
    const execution = await run({}, churnContext({ training }));

    const [call] = execution.calls["Run ETL"] as { Arguments: Record<string, string> }[];
    const output = `s3://${churnContext().bucket}/output/request-01-0123456789`;
    expect(call?.Arguments).to.deep.include({
      "--S3_AUXILIARY_KEY": `${output}/auxiliary/`,
      "--S3_TRAIN_LST_KEY": `${output}/train_lst/`,
    });
    expect(Object.keys(call?.Arguments ?? {})).to.have.length(7);
  });

  it("records all that it learnt", async () => {
    const payload = recorded(await run());

    expect(payload).to.deep.include({
      run: runInput,
      etl: {
        jobName: "dev-churn-etl",
        runId: "jr_1",
        startedAt: 1_777_629_600_000,
        seconds: 20,
      },
      gate: {
        enabled: true,
        metric: "validation:error",
        direction: "min",
        threshold: 0.1,
        value: 0.05,
        accepted: true,
      },
      endpoint: {
        name: "churn",
        action: "create",
        configName: versionName,
        modelName: versionName,
        retainCapacity: false,
      },
      versions: { kept: [versionName], deleted: [] },
      failure: {},
    });
    expect(payload["training"]).to.deep.equal({
      jobName: "dev-churn--request-01-0123456789-a1",
      status: "Completed",
      image: "image:3.0-5",
      startedAt: 1_777_629_600_000,
      seconds: 60,
      billableSeconds: 60,
      hyperparameters: { num_round: "100" },
      metrics: { "train:error": 0.01, "validation:error": 0.05 },
      modelArtifact: "s3://bucket/models/title/job/output/model.tar.gz",
    });
    expect(payload.stages.map(({ name }) => name)).to.deep.equal([
      "Run ETL",
      "Train Model",
      "Write Schema",
      "Create Model",
      "Create Endpoint Config",
      "Resolve Endpoint",
      "Create Endpoint",
      "Await Endpoint",
      "Prune Versions",
    ]);
    for (const { seconds } of payload.stages) expect(seconds).to.be.within(0, 60); // not milliseconds
  });

  it("records one that failed at once, with null for what it did not reach", async () => {
    const execution = await run({
      "Run ETL": failingFirst(1, "States.TaskFailed", { ErrorMessage: "row 3" }, () => ({})),
    });

    expect(execution).to.include({ status: "FAILED", error: "EtlFailed" });
    expect(recorded(execution)).to.deep.include({
      etl: null,
      training: null,
      gate: null,
      endpoint: null,
      versions: null,
      failure: {
        name: "EtlFailed",
        caught: { Error: "States.TaskFailed", Cause: '{"ErrorMessage":"row 3"}' },
      },
    });
  });

  for (const [state, error] of [
    ["Run ETL", "EtlFailed"],
    ["Train Model", "TrainingFailed"],
    ["Write Schema", "SchemaNotWritten"],
    ["Create Model", "ModelCreationFailed"],
    ["Create Endpoint Config", "EndpointConfigCreationFailed"],
    ["Resolve Endpoint", "EndpointLookupFailed"],
    ["Create Endpoint", "EndpointCreationFailed"],
    ["Describe Endpoint", "EndpointLookupFailed"],
  ] as const) {
    it(`fails as ${error} when ${state} is denied, on record`, async () => {
      const execution = await run({
        [state]: failingFirst(99, "AccessDenied", "not authorized", () => ({})),
      });

      expect(execution).to.include({ status: "FAILED", error, cause: "not authorized" });
      expect(recorded(execution).failure).to.deep.include({ name: error });
    });
  }

  for (const [state, what] of [
    ["Create Model", "model"],
    ["Create Endpoint Config", "endpoint configuration"],
  ] as const) {
    it(`goes on when ${state} was done though its answer was lost`, async () => {
      const execution = await run({
        [state]: failingFirst(
          99,
          "SageMaker.AmazonSageMakerException",
          `Cannot create already existing ${what} "arn:aws:sagemaker:..."`,
          () => ({}),
        ),
      });

      expect(execution.status).to.equal("SUCCEEDED");
      expect(recorded(execution)).to.deep.include({ failure: {} });
    });
  }

  it("succeeds when old versions could not be deleted, on record", async () => {
    const execution = await run({
      "Prune Versions": failingFirst(99, "AccessDenied", "not authorized", () => ({})),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(recorded(execution)).to.deep.include({
      versions: { failure: { Error: "AccessDenied", Cause: "not authorized" } },
    });
  });

  it("fails when it could not be recorded, and says how it had ended", async () => {
    const broken = failingFirst(99, "AccessDenied", "no PutObject", () => ({}));

    const good = await run({ "Record Run": broken });
    const bad = await run({
      "Record Run": broken,
      "Run ETL": failingFirst(1, "States.TaskFailed", "", () => ({})),
    });

    const text =
      "the report of run request-01-0123456789 could not be written: AccessDenied: no PutObject";
    expect(good).to.include({
      error: "RecordFailed",
      cause: `${text}. The run itself had succeeded`,
    });
    expect(bad).to.include({
      error: "RecordFailed",
      cause: `${text}. The run itself had failed: EtlFailed`,
    });
  });
});
