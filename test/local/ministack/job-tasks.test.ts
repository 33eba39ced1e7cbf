import { expect } from "chai";
import { outputOf, run } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { etl, runEtl, train, trainModel } from "./jobs-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Step Functions job tasks", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  it("waits for a training job and returns its description, timestamps in milliseconds", async () => {
    train(cloud, "InProgress", "InProgress", "Completed");

    const output = await outputOf(cloud, { "Train Model": trainModel }, { name: "a" });

    expect(output).to.deep.include({
      TrainingJobName: "a",
      TrainingJobStatus: "Completed",
      CreationTime: 1700000000250,
      FinalMetricDataList: [
        { MetricName: "validation:error", Value: 0.05, Timestamp: 1700000003000 },
      ],
    });
    expect(cloud.backend.bodies("SageMaker.DescribeTrainingJob")).to.have.length(3);
  });

  for (const status of ["Failed", "Stopped"]) {
    it(`fails with the description as the cause when training is ${status}`, async () => {
      train(cloud, "InProgress", status);

      const { error, cause } = await run(cloud, { "Train Model": trainModel }, { name: "a" });

      expect(error).to.equal("States.TaskFailed");
      expect(JSON.parse(cause as string)).to.deep.include({
        TrainingJobStatus: status,
        FailureReason: "AlgorithmError: label out of range",
        CreationTime: 1700000000250,
      });
    });
  }

  it("returns at once from a job that nobody waits for", async () => {
    train(cloud, "InProgress");

    const output = await outputOf(
      cloud,
      {
        "Train Model": {
          ...trainModel,
          Resource: "arn:aws:states:::sagemaker:createTrainingJob",
        },
      },
      { name: "a" },
    );

    expect(output).to.deep.equal({
      TrainingJobArn: "arn:aws:sagemaker:us-east-2:000000000000:training-job/a",
    });
    expect(cloud.backend.bodies("SageMaker.DescribeTrainingJob")).to.deep.equal([]);
  });

  for (const kind of ["Transform", "Processing", "HyperParameterTuning"]) {
    it(`waits for a ${kind} job`, async () => {
      cloud.backend.answer(`SageMaker.Create${kind}Job`, () => ({ [`${kind}JobArn`]: "arn" }));
      cloud.backend.answer(`SageMaker.Describe${kind}Job`, () => ({
        [`${kind}JobStatus`]: "Completed",
      }));

      const output = await outputOf(cloud, {
        "Run Job": {
          Type: "Task",
          Resource: `arn:aws:states:::sagemaker:create${kind}Job.sync`,
          Arguments: { [`${kind}JobName`]: "job" },
          End: true,
        },
      });

      expect(output).to.deep.equal({ [`${kind}JobStatus`]: "Completed" });
    });
  }

  it("waits for a Glue job run", async () => {
    etl(cloud, "STARTING", "RUNNING", "SUCCEEDED");

    const output = await outputOf(cloud, { "Run ETL": runEtl });

    expect(output).to.deep.include({
      Id: "jr_1",
      JobRunState: "SUCCEEDED",
      StartedOn: 1700000000500,
    });
    expect(cloud.backend.bodies("AWSGlue.StartJobRun")).to.deep.equal([
      { JobName: "etl", Arguments: { "--S3_INPUT_FILE": "s3://b/input.csv" } },
    ]);
  });

  for (const state of ["FAILED", "STOPPED", "TIMEOUT", "ERROR"]) {
    it(`fails with the run as the cause when a Glue job run is ${state}`, async () => {
      etl(cloud, "RUNNING", state);

      const { error, cause } = await run(cloud, { "Run ETL": runEtl });

      expect(error).to.equal("States.TaskFailed");
      expect(JSON.parse(cause as string)).to.deep.include({
        JobRunState: state,
        ErrorMessage: "row 7: Day Mins is no number",
      });
    });
  }

  const optimized: [string, string, string][] = [
    ["ValidationException", "SageMaker.AmazonSageMakerException", "not modelled"],
    ["ThrottlingException", "SageMaker.AmazonSageMakerException", "not modelled"],
    ["ResourceLimitExceeded", "SageMaker.ResourceLimitExceededException", "modelled"],
    ["ResourceInUse", "SageMaker.ResourceInUseException", "modelled"],
  ];
  for (const [code, name, why] of optimized) {
    it(`reports ${code}, ${why}, as ${name}`, async () => {
      cloud.backend.answer("SageMaker.CreateTrainingJob", () => new BackendRefusal(code, "no"));

      const { error, cause } = await run(cloud, { "Train Model": trainModel }, { name: "a" });

      expect(error).to.equal(name);
      expect(cause).to.equal(
        `no (Service: AmazonSageMaker; Status Code: 400; Error Code: ${code}; ` +
          "Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)",
      );
    });
  }

  for (const [code, name] of [
    ["EntityNotFoundException", "Glue.EntityNotFoundException"],
    ["ConcurrentRunsExceededException", "Glue.ConcurrentRunsExceededException"],
    ["SomethingElse", "Glue.AWSGlueException"],
  ] as const) {
    it(`reports Glue's ${code} as ${name}`, async () => {
      cloud.backend.answer("AWSGlue.StartJobRun", () => new BackendRefusal(code, "no"));

      expect((await run(cloud, { "Run ETL": runEtl })).error).to.equal(name);
    });
  }
});
