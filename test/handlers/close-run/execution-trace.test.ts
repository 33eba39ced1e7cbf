import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { traceOf } from "../../../handlers/close-run/execution-trace.ts";

const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, second));
const event = (second: number, type: string, details: object = {}) =>
  ({ timestamp: at(second), type, ...details }) as HistoryEvent;
const entered = (second: number, name: string, type = "TaskStateEntered") =>
  event(second, type, { stateEnteredEventDetails: { name } });
const exited = (second: number, name: string) =>
  event(second, "TaskStateExited", { stateExitedEventDetails: { name } });
const scheduled = (parameters?: object) =>
  event(2, "TaskScheduled", {
    taskScheduledEventDetails: parameters && { parameters: JSON.stringify(parameters) },
  });
const submitted = (output: object) =>
  event(2, "TaskSubmitted", { taskSubmittedEventDetails: { output: JSON.stringify(output) } });
const arn = "arn:aws:sagemaker:eu-west-1:123456789012:training-job/dev-churn--t-a1";

describe("traceOf", () => {
  it("tells the tasks of a run, the one that was cut off included, and who ended it", () => {
    const trace = traceOf([
      event(0, "ExecutionStarted"),
      entered(0, "Prepare Run", "PassStateEntered"),
      exited(0, "Prepare Run"),
      entered(1, "Run ETL"),
      exited(4, "Run ETL"),
      entered(4, "Train Model"),
      event(9, "ExecutionAborted", {
        executionAbortedEventDetails: { error: "Mistake", cause: "wrong file" },
      }),
    ]);

    expect(trace).to.deep.equal({
      state: "Train Model",
      stages: [
        { name: "Run ETL", startedAt: "2026-05-01T10:00:01.000Z", seconds: 3 },
        { name: "Train Model", startedAt: "2026-05-01T10:00:04.000Z", seconds: 5 },
      ],
      trainingJob: undefined,
      tuningJob: undefined,
      error: "Mistake",
      cause: "wrong file",
    });
  });

  it("names the training job that was waited for, once it was asked for or answered", () => {
    const asked = { TrainingJobName: "dev-churn--t-a1" };

    expect(traceOf([scheduled(asked)]).trainingJob).to.equal("dev-churn--t-a1");
    expect(
      traceOf([scheduled(undefined), submitted({ TrainingJobArn: arn })]).trainingJob,
    ).to.equal("dev-churn--t-a1");
    expect(traceOf([scheduled(asked), submitted({ TrainingJobArn: arn })]).trainingJob).to.equal(
      "dev-churn--t-a1",
    );
  });

  it("names the tuning job that was waited for, and no training job that was looked at", () => {
    const name = "f9a065dd4a-00112233ff-a1";
    const asked = { HyperParameterTuningJobName: name };
    const tuningArn = `arn:aws:sagemaker:eu-west-1:123456789012:hyper-parameter-tuning-job/${name}`;
    const looked = event(4, "TaskScheduled", {
      taskScheduledEventDetails: {
        resource: "describeTrainingJob",
        parameters: JSON.stringify({ TrainingJobName: `${name}-001-0a1b2c3d` }),
      },
    });

    expect(traceOf([scheduled(asked)])).to.include({ tuningJob: name, trainingJob: undefined });
    expect(
      traceOf([scheduled(undefined), submitted({ HyperParameterTuningJobArn: tuningArn })])
        .tuningJob,
    ).to.equal(name);
    expect(traceOf([scheduled(asked), event(3, "TaskSucceeded"), looked])).to.include({
      tuningJob: undefined,
      trainingJob: undefined,
    });
  });

  for (const [what, events] of [
    ["has ended", [submitted({ TrainingJobArn: arn }), event(3, "TaskSucceeded")]],
    ["failed", [submitted({ TrainingJobArn: arn }), event(3, "TaskFailed")]],
    ["was a Glue run", [submitted({ JobRunId: "jr_1" })]],
  ] as const) {
    it(`names no training job where the last one ${what}`, () => {
      expect(traceOf(events).trainingJob).to.equal(undefined);
    });
  }

  it("leaves the many looks at an endpoint out", () => {
    const looks = [entered(1, "Describe Endpoint"), exited(2, "Describe Endpoint")];

    expect(traceOf([...looks, ...looks]).stages).to.deep.equal([]);
  });

  it("says nothing where nobody gave a reason", () => {
    const trace = traceOf([event(0, "ExecutionTimedOut")]);

    expect(trace).to.include({ state: undefined, error: undefined, cause: undefined });
  });
});
