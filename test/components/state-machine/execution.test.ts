import { expect } from "chai";
import { definitionOf } from "../../../components/retraining-state-machine.ts";
import { execute, type FakeTask, TaskError } from "../../support/execution.ts";
import { churnContext } from "../../support/pipeline.ts";
import {
  completedJob,
  failingFirst,
  runInput,
  runTasks,
  versionName,
} from "../../support/run-tasks.ts";

function run(changes: Record<string, FakeTask> = {}, context = churnContext()) {
  return execute(definitionOf(context), runInput, runTasks(changes));
}

interface Payload extends Record<string, unknown> {
  failure: object;
  stages: { name: string; seconds: number }[];
}

function recorded(execution: Awaited<ReturnType<typeof run>>): Payload {
  const calls = execution.calls["Record Run"] as { Payload: Payload }[];
  expect(calls).to.have.length(1);
  return (calls[0] as { Payload: Payload }).Payload;
}

const updating: FakeTask = () => ({
  Payload: { action: "update", retainCapacity: true, previousConfig: "old" },
});

describe("a run", () => {
  it("creates an endpoint that is not there", async () => {
    const execution = await run();

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path).to.deep.equal([
      "Prepare Run",
      "Run ETL",
      "Train Model",
      "Check Metric",
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
      modelArtifact: "s3://bucket/output/model/job/output/model.tar.gz",
    });
    expect(payload.stages.map(({ name }) => name)).to.deep.equal([
      "Run ETL",
      "Train Model",
      "Create Model",
      "Create Endpoint Config",
      "Resolve Endpoint",
      "Create Endpoint",
      "Await Endpoint",
      "Prune Versions",
    ]);
    for (const { seconds } of payload.stages) expect(seconds).to.be.within(0, 5);
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

describe("training in a run", () => {
  const capacity = { FailureReason: "CapacityError: Unable to provision requested ML compute." };

  it("starts another job, under another name, when there was no capacity", async () => {
    const execution = await run({
      "Train Model": failingFirst(2, "States.TaskFailed", capacity, () => completedJob()),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(names(execution)).to.deep.equal(["a1", "a2", "a3"]);
    expect(execution.path.filter((state) => state === "Wait For Capacity")).to.have.length(2);
    expect(recorded(execution).failure).to.deep.equal({});
  });

  it("gives up after five jobs without capacity", async () => {
    const execution = await run({
      "Train Model": failingFirst(99, "States.TaskFailed", capacity, () => completedJob()),
    });

    expect(execution).to.include({ status: "FAILED", error: "TrainingFailed" });
    expect(names(execution)).to.deep.equal(["a1", "a2", "a3", "a4", "a5"]);
  });

  it("never uses a name twice when calls were retried in between", async () => {
    const execution = await run({
      "Train Model": (_args, calls) => {
        if (calls === 0) throw new TaskError("SageMaker.AmazonSageMakerException", "Rate exceeded");
        if (calls === 1) throw new TaskError("States.TaskFailed", capacity);
        return completedJob();
      },
    });

    expect(names(execution)).to.deep.equal(["a1", "a2", "a3"]);
  });

  it("does not repeat a job that failed for its own reasons", async () => {
    const execution = await run({
      "Train Model": failingFirst(
        99,
        "States.TaskFailed",
        { FailureReason: "AlgorithmError" },
        () => ({}),
      ),
    });

    expect(execution).to.include({ status: "FAILED", error: "TrainingFailed" });
    expect(names(execution)).to.deep.equal(["a1"]);
  });

  it("fails the run when the job was stopped, whatever its metric", async () => {
    const execution = await run({
      "Train Model": () =>
        completedJob({ TrainingJobStatus: "Stopped", FailureReason: "MaxRuntimeExceeded" }),
    });

    expect(execution).to.include({
      status: "FAILED",
      error: "TrainingStopped",
      cause:
        "training job dev-churn--request-01-0123456789-a1 ended as Stopped, not Completed: MaxRuntimeExceeded",
    });
    expect(execution.calls["Create Model"]).to.equal(undefined);
  });

  function names(execution: Awaited<ReturnType<typeof run>>) {
    const calls = (execution.calls["Train Model"] ?? []) as { TrainingJobName: string }[];
    return calls.map(({ TrainingJobName }) => TrainingJobName.replace(`${versionName}-`, ""));
  }
});

describe("the gate of a run", () => {
  const gate = (direction: "min" | "max", threshold: number) =>
    churnContext({ validation: { enabled: true, metric: "m", direction, threshold } });
  const measuring = (value: number) => ({
    "Train Model": () => completedJob({ FinalMetricDataList: [{ MetricName: "m", Value: value }] }),
  });

  for (const [direction, threshold, value] of [
    ["min", 0.1, 0.1],
    ["min", 0.1, 0],
    ["min", 0, 0],
    ["max", 0.8, 0.8],
    ["max", 0.8, 1],
    ["max", -1, -0.5],
  ] as const) {
    it(`accepts ${value} where ${direction} ${threshold} is asked for`, async () => {
      const execution = await run(measuring(value), gate(direction, threshold));

      expect(execution.status).to.equal("SUCCEEDED");
    });
  }

  for (const [direction, threshold, value, cause] of [
    ["min", 0.1, 0.12, "m is 0.12, above the threshold 0.1 by 0.02: the endpoint stays as it was"],
    ["min", 0, 1e-9, "m is 1e-9, above the threshold 0 by 1e-9: the endpoint stays as it was"],
    ["max", 0.8, 0.75, "m is 0.75, below the threshold 0.8 by 0.05: the endpoint stays as it was"],
  ] as const) {
    it(`rejects ${value} where ${direction} ${threshold} is asked for, and says by how much`, async () => {
      const execution = await run(measuring(value), gate(direction, threshold));

      expect(execution).to.include({ status: "FAILED", error: "ModelRejected", cause });
      expect(recorded(execution)["gate"]).to.include({ value, threshold, accepted: false });
      for (const state of [
        "Create Model",
        "Resolve Endpoint",
        "Create Endpoint",
        "Update Endpoint",
      ]) {
        expect(execution.calls[state]).to.equal(undefined);
      }
    });
  }

  for (const [metrics, names] of [
    [
      [
        { MetricName: "train:m", Value: 1 },
        { MetricName: "n", Value: 1 },
      ],
      "train:m, n",
    ],
    [[], "no metric at all"],
    [undefined, "no metric at all"],
  ] as const) {
    it(`fails where the metric is missing and names those there: ${names}`, async () => {
      const execution = await run(
        { "Train Model": () => completedJob({ FinalMetricDataList: metrics }) },
        gate("min", 0.1),
      );

      expect(execution).to.include({
        status: "FAILED",
        error: "MetricMissing",
        cause: `training reported no m; it reported: ${names}`,
      });
    });
  }

  it("lets every finished model pass when validation is off, on record", async () => {
    const execution = await run(
      { "Train Model": () => completedJob({ FinalMetricDataList: [] }) },
      churnContext({ validation: { enabled: false } }),
    );

    expect(execution.status).to.equal("SUCCEEDED");
    expect(recorded(execution)["gate"]).to.include({ enabled: false, accepted: true, value: null });
  });
});

describe("deploying in a run", () => {
  const conflict = "SageMaker.AmazonSageMakerException";

  it("looks again when another run created the endpoint first", async () => {
    const execution = await run({
      "Resolve Endpoint": (args, calls) =>
        calls === 0
          ? { Payload: { action: "create", retainCapacity: false } }
          : updating(args, calls),
      "Create Endpoint": failingFirst(
        1,
        conflict,
        "Cannot create already existing endpoint",
        () => ({}),
      ),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Update Endpoint"]).to.have.length(1);
    expect(recorded(execution)).to.deep.include({ failure: {} });
    expect(recorded(execution)["endpoint"]).to.include({ action: "update" });
  });

  it("stops looking again after five times", async () => {
    const execution = await run({
      "Create Endpoint": failingFirst(
        99,
        conflict,
        "Cannot create already existing endpoint",
        () => ({}),
      ),
    });

    expect(execution).to.include({ status: "FAILED", error: "EndpointCreationFailed" });
    expect(execution.calls["Create Endpoint"]).to.have.length(5);
  });

  it("waits for an endpoint that is busy", async () => {
    const execution = await run({
      "Resolve Endpoint": failingFirst(20, "EndpointBusy", "Updating", updating),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Resolve Endpoint"]).to.have.length(21);
  });

  for (const error of ["EndpointBusy", "EndpointFailed"]) {
    it(`fails as ${error} when it stays so`, async () => {
      const execution = await run({
        "Resolve Endpoint": failingFirst(999, error, "why", updating),
      });

      expect(execution).to.include({ status: "FAILED", error, cause: "why" });
    });
  }

  it("polls until the endpoint serves, at growing intervals", async () => {
    const creating = { EndpointStatus: "Creating", EndpointConfigName: versionName };
    const execution = await run({
      "Describe Endpoint": (_args, calls) =>
        calls < 20 ? creating : { ...creating, EndpointStatus: "InService" },
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.waits.slice(0, 4)).to.deep.equal([1, 2, 3, 4]);
    expect(execution.waits.slice(-3)).to.deep.equal([15, 15, 15]);
    const names = recorded(execution).stages.map(({ name }) => name);
    expect(names.filter((name) => name === "Describe Endpoint")).to.have.length(0);
    expect(names.filter((name) => name === "Await Endpoint")).to.have.length(1);
  });

  for (const [what, endpoint, cause] of [
    [
      "rolled back with a reason",
      { EndpointStatus: "InService", EndpointConfigName: "old", FailureReason: "no ping" },
      `endpoint churn is InService with config old, not ${versionName}: no ping`,
    ],
    [
      "rolled back without a reason",
      { EndpointStatus: "InService", EndpointConfigName: "old" },
      `endpoint churn is InService with config old, not ${versionName}`,
    ],
    [
      "serves, but says that it failed",
      { EndpointStatus: "InService", EndpointConfigName: versionName, FailureReason: "no ping" },
      `endpoint churn is InService with config ${versionName}, not ${versionName}: no ping`,
    ],
    [
      "could not be rolled back",
      { EndpointStatus: "UpdateRollbackFailed", EndpointConfigName: versionName },
      `endpoint churn is UpdateRollbackFailed with config ${versionName}, not ${versionName}`,
    ],
  ] as const) {
    it(`fails as EndpointUpdateFailed when an update ${what}`, async () => {
      const execution = await run({
        "Resolve Endpoint": updating,
        "Describe Endpoint": () => endpoint,
      });

      expect(execution).to.include({ status: "FAILED", error: "EndpointUpdateFailed", cause });
      expect(execution.calls["Prune Versions"]).to.equal(undefined);
    });
  }

  it("does not take the first looks after an update for a roll-back", async () => {
    const execution = await run({
      "Resolve Endpoint": updating,
      "Describe Endpoint": (_args, calls) => ({
        EndpointStatus: "InService",
        EndpointConfigName: calls < 3 ? "old" : versionName,
      }),
    });

    expect(execution.status).to.equal("SUCCEEDED");
  });

  it("fails as EndpointCreationFailed when a new endpoint failed", async () => {
    const execution = await run({
      "Describe Endpoint": () => ({
        EndpointStatus: "Failed",
        EndpointConfigName: versionName,
        FailureReason: "The primary container did not pass the ping health check.",
      }),
    });

    expect(execution).to.include({ status: "FAILED", error: "EndpointCreationFailed" });
    expect(execution.cause).to.contain("ping health check");
  });

  it("fails as EndpointTimeout when the deadline has passed", async () => {
    const endpoint = { ...churnContext().config.endpoint, timeoutMinutes: -1 };
    const execution = await run(
      {
        "Describe Endpoint": () => ({
          EndpointStatus: "Creating",
          EndpointConfigName: versionName,
        }),
      },
      churnContext({ endpoint }),
    );

    expect(execution).to.include({ status: "FAILED", error: "EndpointTimeout" });
    expect(execution.cause).to.match(/^endpoint churn is still Creating after/);
  });
});
