import { expect } from "chai";
import { recorded, run } from "../../support/churn-run.ts";
import { type Execution, TaskError } from "../../support/execution.ts";
import { completedJob, failingFirst, versionName } from "../../support/run-tasks.ts";

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

  function names(execution: Execution) {
    const calls = (execution.calls["Train Model"] ?? []) as { TrainingJobName: string }[];
    return calls.map(({ TrainingJobName }) => TrainingJobName.replace(`${versionName}-`, ""));
  }
});
