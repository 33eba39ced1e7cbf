import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { createMachine, ended, historyOf, outputOf, run, start } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { eventually, startTestCloud, type TestCloud } from "./test-cloud.ts";

const trainModel = {
  Type: "Task",
  Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
  Arguments: { TrainingJobName: "{% $states.input.name %}" },
  End: true,
};
const runEtl = {
  Type: "Task",
  Resource: "arn:aws:states:::glue:startJobRun.sync",
  Arguments: { JobName: "etl", Arguments: { "--S3_INPUT_FILE": "s3://b/input.csv" } },
  End: true,
};

describe("Step Functions job tasks", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  /** A training job that goes through the statuses, one a description. */
  function train(...statuses: string[]) {
    cloud.backend.answer("SageMaker.CreateTrainingJob", ({ TrainingJobName }) => ({
      TrainingJobArn: `arn:aws:sagemaker:us-east-2:000000000000:training-job/${TrainingJobName}`,
    }));
    cloud.backend.answer("SageMaker.DescribeTrainingJob", ({ TrainingJobName }) => ({
      TrainingJobName,
      TrainingJobStatus: statuses.length > 1 ? statuses.shift() : statuses[0],
      CreationTime: 1700000000.25,
      FinalMetricDataList: [{ MetricName: "validation:error", Value: 0.05, Timestamp: 1700000003 }],
      FailureReason: "AlgorithmError: label out of range",
    }));
    cloud.backend.answer("SageMaker.StopTrainingJob", () => {
      statuses.splice(0, Number.POSITIVE_INFINITY, "Stopped");
      return {};
    });
  }

  function etl(...states: string[]) {
    cloud.backend.answer("AWSGlue.StartJobRun", () => ({ JobRunId: "jr_1" }));
    cloud.backend.answer("AWSGlue.GetJobRun", () => ({
      JobRun: {
        Id: "jr_1",
        JobName: "etl",
        JobRunState: states.length > 1 ? states.shift() : states[0],
        StartedOn: 1700000000.5,
        ErrorMessage: "row 7: Day Mins is no number",
      },
    }));
    cloud.backend.answer("AWSGlue.BatchStopJobRun", () => {
      states.splice(0, Number.POSITIVE_INFINITY, "STOPPED");
      return { SuccessfulSubmissions: [{ JobName: "etl", JobRunId: "jr_1" }], Errors: [] };
    });
  }

  it("waits for a training job and returns its description, timestamps in milliseconds", async () => {
    train("InProgress", "InProgress", "Completed");

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
      train("InProgress", status);

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
    train("InProgress");

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
    etl("STARTING", "RUNNING", "SUCCEEDED");

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
      etl("RUNNING", state);

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

  it("stops the training job of an execution that is stopped", async () => {
    train("InProgress");
    const machine = await createMachine(cloud, {
      "Train Model": {
        ...trainModel,
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Record Run" }],
      },
      "Record Run": { Type: "Succeed" },
    });
    const executionArn = await start(cloud, machine, { name: "a" });
    await eventually(async () => cloud.backend.bodies("SageMaker.DescribeTrainingJob")[0]);

    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn, error: "Enough" }));

    const stops = await eventually(async () => {
      const bodies = cloud.backend.bodies("SageMaker.StopTrainingJob");
      return bodies.length > 0 ? bodies : undefined;
    });
    expect(stops).to.deep.equal([{ TrainingJobName: "a" }]);
    expect((await ended(cloud, executionArn)).status).to.equal("ABORTED");
    const types = (await historyOf(cloud, executionArn)).map(({ type }) => type);
    expect(types.at(-1)).to.equal("ExecutionAborted");
    expect(cloud.backend.bodies("SageMaker.CreateTrainingJob")).to.have.length(1);
  });

  it("stops the Glue job run of a task that times out, and catches the timeout", async () => {
    etl("RUNNING");

    const output = await outputOf(
      cloud,
      {
        "Run ETL": {
          ...runEtl,
          TimeoutSeconds: "{% $states.input.timeout %}",
          Catch: [
            {
              ErrorEquals: ["States.Timeout"],
              Output: { caught: "{% $states.errorOutput.Error %}" },
              Next: "Succeed",
            },
          ],
        },
        Succeed: { Type: "Succeed" },
      },
      { timeout: 1 },
    );

    expect(output).to.deep.equal({ caught: "States.Timeout" });
    const stops = await eventually(async () => {
      const bodies = cloud.backend.bodies("AWSGlue.BatchStopJobRun");
      return bodies.length > 0 ? bodies : undefined;
    });
    expect(stops).to.deep.equal([{ JobName: "etl", JobRunIds: ["jr_1"] }]);
  });

  it("stops the job of an execution whose state machine times out", async () => {
    train("InProgress");

    const { status, error } = await run(
      cloud,
      { "Train Model": trainModel },
      { name: "a" },
      { TimeoutSeconds: 1 },
    );

    expect(status).to.equal("TIMED_OUT");
    expect(error).to.equal("States.Timeout");
    await eventually(async () => cloud.backend.bodies("SageMaker.StopTrainingJob")[0]);
  });

  it("reaches SageMaker through aws-sdk integrations, with that SDK's names and timestamps", async () => {
    cloud.backend.answer("SageMaker.DescribeEndpoint", ({ EndpointName }) =>
      EndpointName === "there"
        ? { EndpointName, EndpointStatus: "InService", LastModifiedTime: 1700000000.5 }
        : new BackendRefusal("ValidationException", 'Could not find endpoint "none".'),
    );
    const describe = {
      Type: "Task",
      Resource: "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      Arguments: { EndpointName: "{% $states.input.name %}" },
      End: true,
    };

    expect(
      await outputOf(cloud, { "Describe Endpoint": describe }, { name: "there" }),
    ).to.deep.equal({
      EndpointName: "there",
      EndpointStatus: "InService",
      LastModifiedTime: "2023-11-14T22:13:20.500Z",
    });
    const { error, cause } = await run(cloud, { "Describe Endpoint": describe }, { name: "none" });
    expect(error).to.equal("SageMaker.SageMakerException");
    expect(cause).to.contain('Could not find endpoint "none".');
  });

  it("reaches Glue through aws-sdk integrations", async () => {
    cloud.backend.answer(
      "AWSGlue.GetJob",
      () => new BackendRefusal("EntityNotFoundException", "no"),
    );

    const { error } = await run(cloud, {
      "Get Job": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:glue:getJob",
        Arguments: { JobName: "etl" },
        End: true,
      },
    });

    expect(error).to.equal("Glue.EntityNotFoundException");
  });

  for (const operation of [
    "createModel",
    "createEndpointConfig",
    "createEndpoint",
    "updateEndpoint",
  ]) {
    it(`requests sagemaker:${operation}`, async () => {
      const target = `SageMaker.${operation[0]?.toUpperCase()}${operation.slice(1)}`;
      cloud.backend.answer(target, () => ({ EndpointArn: "arn" }));

      const output = await outputOf(cloud, {
        Request: {
          Type: "Task",
          Resource: `arn:aws:states:::sagemaker:${operation}`,
          Arguments: { EndpointName: "churn" },
          End: true,
        },
      });

      expect(output).to.deep.equal({ EndpointArn: "arn" });
      expect(cloud.backend.bodies(target)).to.deep.equal([{ EndpointName: "churn" }]);
    });
  }

  it("keeps answering while jobs are waited for", async () => {
    train("InProgress");
    cloud.backend.answer("SageMaker.StopTrainingJob", () => ({}));
    const machine = await createMachine(cloud, { "Train Model": trainModel });
    const executions = await Promise.all(
      Array.from({ length: 8 }, (_, i) => start(cloud, machine, { name: `j${i}` })),
    );

    const startedAt = performance.now();
    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn: executions[0] }));

    expect(performance.now() - startedAt).to.be.below(1000);
    await eventually(async () => cloud.backend.bodies("SageMaker.StopTrainingJob")[0]);
    train("Completed");
    for (const arn of executions.slice(1)) {
      const { status, cause } = await ended(cloud, arn);
      expect(status, cause).to.equal("SUCCEEDED");
    }
  });
});
