import { expect } from "chai";
import { eventDetail } from "../../handlers/record-run/event-detail.ts";
import { isoTime, runReport } from "../../handlers/record-run/report.ts";
import type { RunState } from "../../handlers/record-run/run-state.ts";
import { failedState, runState } from "../support/run-state.ts";
import { runInput, versionName, writtenSchema } from "../support/run-tasks.ts";

const pipeline = { stack: "dev", pipeline: "churn" };
const now = new Date("2026-05-01T10:05:00.000Z");
const etlJson = { rows: { read: 10, dropped: 0 } };

function report(state = runState(), etl: unknown = etlJson) {
  return runReport(pipeline, state, etl, now);
}

describe("runReport", () => {
  it("tells everything of a run that succeeded", () => {
    const { inputUri: _, title, ...input } = runInput;

    expect(report()).to.deep.equal({
      schemaVersion: 1,
      title,
      pipeline: "churn",
      stack: "dev",
      status: "Succeeded",
      input,
      execution: {
        arn: "arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:t",
        startedAt: "2026-05-01T10:00:01.000Z",
        finishedAt: "2026-05-01T10:05:00.000Z",
      },
      etl: {
        jobName: "dev-churn-etl",
        runId: "jr_1",
        startedAt: "2026-05-01T10:00:02.000Z",
        seconds: 20,
        report: etlJson,
      },
      training: {
        jobName: `${versionName}-a1`,
        image: "image:3.0-5",
        seconds: 60,
        billableSeconds: 50,
        hyperparameters: { num_round: "100" },
        metrics: { "validation:error": 0.05 },
        modelArtifact: "s3://b/model.tar.gz",
      },
      gate: {
        enabled: true,
        metric: "validation:error",
        direction: "min",
        threshold: 0.1,
        value: 0.05,
        accepted: true,
      },
      schema: writtenSchema,
      decision: "deployed",
      endpoint: {
        name: "churn",
        action: "create",
        configName: versionName,
        modelName: versionName,
      },
      supersededBy: null,
      stages: [{ name: "Run ETL", startedAt: "2026-05-01T10:00:02.000Z", seconds: 21.5 }],
      versions: { kept: [versionName], deleted: [] },
    });
  });

  for (const [name, decision] of [
    ["ModelRejected", "rejected"],
    ["EtlFailed", null],
  ] as const) {
    it(`decides ${decision} where the run failed as ${name}`, () => {
      expect(report(failedState({ name, cause: "why" }), null)).to.include({ decision });
    });
  }

  it("names the newer run that a superseded one gave way to", () => {
    const newer = { title: "b", uploadedAt: "2026-05-01T10:00:02.000Z", configName: "x--b" };
    const endpoint = { ...runState().endpoint, action: "superseded" } as RunState["endpoint"];

    const written = report(runState({ endpoint, newer }), null);

    expect(written).to.deep.include({
      status: "Succeeded",
      decision: "superseded",
      endpoint: null,
      supersededBy: newer,
    });
  });

  it("has null for what a run did not reach", () => {
    const state = failedState({
      name: "EtlFailed",
      caught: { Error: "Glue.AccessDenied", Cause: "no" },
    });

    expect(report(state, null)).to.deep.include({
      status: "Failed",
      error: { name: "EtlFailed", cause: "Glue.AccessDenied: no" },
      etl: null,
      training: null,
      gate: null,
      endpoint: null,
      versions: null,
    });
  });

  it("calls only a model that lost against the threshold rejected", () => {
    const status = (name: string) => report(failedState({ name, cause: "why" })).status;

    expect(status("ModelRejected")).to.equal("Rejected");
    expect(status("MetricMissing")).to.equal("Failed");
    expect(status("TrainingStopped")).to.equal("Failed");
  });

  it("knows the Glue run that failed, and its message", () => {
    const job = {
      JobName: "dev-churn-etl",
      Id: "jr_9",
      JobRunState: "FAILED",
      StartedOn: 1_777_629_602_000,
      ExecutionTime: 7,
      ErrorMessage: "row 3, column State: unknown state ZZ",
    };
    const state = failedState({
      name: "EtlFailed",
      caught: { Error: "States.TaskFailed", Cause: JSON.stringify(job) },
    });

    expect(report(state, null)).to.deep.include({
      error: { name: "EtlFailed", cause: "row 3, column State: unknown state ZZ" },
      etl: {
        jobName: "dev-churn-etl",
        runId: "jr_9",
        startedAt: "2026-05-01T10:00:02.000Z",
        seconds: 7,
        report: null,
      },
    });
  });

  it("begins a cause with the script's own error, and names the upload for its copy", () => {
    const error = `InputError: ${runInput.inputUri} has too few rows`;
    const prefix = "Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 71; ";
    const job = { JobName: "dev-churn-etl", Id: "jr_9", ErrorMessage: `${prefix}${error}` };
    const caught = { Error: "States.TaskFailed", Cause: JSON.stringify(job) };

    expect(report(failedState({ name: "EtlFailed", caught }), null).error?.cause).to.equal(
      `InputError: s3://${runInput.bucket}/${runInput.key} has too few rows`,
    );
  });

  it("knows the training job that failed, and its reason", () => {
    const job = {
      TrainingJobName: "job-a1",
      TrainingJobStatus: "Failed",
      FailureReason: "AlgorithmError: bad label",
      TrainingTimeInSeconds: 5,
      HyperParameters: { num_round: "1" },
      FinalMetricDataList: [{ MetricName: "train:error", Value: 0.5 }],
    };
    const state = failedState({
      name: "TrainingFailed",
      caught: { Error: "States.TaskFailed", Cause: JSON.stringify(job) },
    });

    expect(report(state)).to.deep.include({
      error: { name: "TrainingFailed", cause: "AlgorithmError: bad label" },
      training: {
        jobName: "job-a1",
        image: null,
        seconds: 5,
        billableSeconds: null,
        hyperparameters: { num_round: "1" },
        metrics: { "train:error": 0.5 },
        modelArtifact: null,
      },
    });
  });

  it("tells of the tuning job whose best training job it is", () => {
    const tuning = {
      jobName: "f9a065dd4a-00112233ff-a1",
      strategy: "Bayesian",
      objective: { metric: "validation:error", direction: "min" as const, value: 0.05 },
      trainings: { completed: 4, stopped: 1, failed: 1 },
      seconds: 90,
      tuned: { eta: "0.2" },
    };
    const best = { jobName: `${tuning.jobName}-003-0a1b2c3d`, status: "Completed", tuning };

    expect(report(runState({ training: best })).training).to.deep.include({
      jobName: best.jobName,
      tuning,
    });
  });

  for (const [what, caught, cause] of [
    [
      "a function",
      {
        Error: "EndpointFailed",
        Cause: '{"errorType":"EndpointFailed","errorMessage":"delete it"}',
      },
      "delete it",
    ],
    [
      "a job without a reason",
      { Error: "States.TaskFailed", Cause: '{"JobRunState":"TIMEOUT"}' },
      "the job ended as TIMEOUT, with no reason given",
    ],
    ["a task that took too long", { Error: "States.Timeout" }, "timed out"],
    ["a service", { Error: "SageMaker.X", Cause: "Rate exceeded" }, "SageMaker.X: Rate exceeded"],
    ["nothing but a name", { Error: "SageMaker.X" }, "SageMaker.X"],
  ] as const) {
    it(`says in plain words why ${what} failed`, () => {
      expect(report(failedState({ name: "Any", caught })).error?.cause).to.equal(cause);
    });
  }

  it("cuts a cause to what a Fail state takes", () => {
    const { error } = report(failedState({ name: "Any", cause: "x".repeat(100_000) }));

    expect(error?.cause).to.have.length(32_768);
  });

  for (const [time, iso] of [
    ["2026-05-01T10:00:00Z", "2026-05-01T10:00:00.000Z"],
    [1_777_629_600_000, "2026-05-01T10:00:00.000Z"],
    [1_777_629_600.25, "2026-05-01T10:00:00.250Z"],
  ] as const) {
    it(`reads the time ${time}`, () => {
      expect(isoTime(time)).to.equal(iso);
    });
  }
});

describe("eventDetail", () => {
  it("is the report where that is small enough", () => {
    expect(JSON.parse(eventDetail(report()))).to.deep.equal(report());
  });

  it("leaves out what is long, keeps what receivers decide by", () => {
    const long = report(runState(), { droppedRows: ["ü".repeat(200_000)] });

    const detail = eventDetail(long);

    expect(Buffer.byteLength(detail)).to.be.below(256 * 1024);
    expect(JSON.parse(detail)).to.deep.equal({ ...long, etl: { ...long.etl, report: null } });
  });
});
