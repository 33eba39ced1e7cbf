import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { secondsOf, stepsOf } from "../../scripts/run-history.ts";

function entered(name: string, second: number, kind = "Task"): HistoryEvent {
  return event(`${kind}StateEntered`, second, { stateEnteredEventDetails: { name } });
}

function exited(name: string, second: number, kind = "Task"): HistoryEvent {
  return event(`${kind}StateExited`, second, { stateExitedEventDetails: { name } });
}

function event(type: string, second: number, details: Partial<HistoryEvent>): HistoryEvent {
  const timestamp = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  return { id: second, type: type as HistoryEvent["type"], timestamp, ...details };
}

describe("stepsOf", () => {
  it("gives each task with its start and end, and no choices", () => {
    const steps = stepsOf([
      entered("Run ETL", 1),
      exited("Run ETL", 4),
      entered("Is It Good?", 4, "Choice"),
      exited("Is It Good?", 4, "Choice"),
      entered("Train Model", 5),
    ]);

    expect(steps.map(({ name, endedAt }) => [name, endedAt !== undefined])).to.deep.equal([
      ["Run ETL", true],
      ["Train Model", false],
    ]);
    expect(
      steps.map((step) => secondsOf(step, new Date(Date.UTC(2026, 0, 1, 0, 0, 7)))),
    ).to.deep.equal([3, 2]);
  });

  it("joins the looks of a poll loop into one step", () => {
    const steps = stepsOf([
      entered("Check Endpoint", 1),
      exited("Check Endpoint", 2),
      entered("Wait", 2, "Wait"),
      exited("Wait", 3, "Wait"),
      entered("Check Endpoint", 3),
      exited("Check Endpoint", 5),
    ]);

    expect(steps).to.have.length(1);
    expect(steps[0]).to.include({ name: "Check Endpoint", entered: 2 });
    expect(secondsOf(steps[0] as (typeof steps)[0])).to.equal(4);
  });

  it("tells a task that failed from one that succeeded at the second try", () => {
    const steps = stepsOf([
      entered("Run ETL", 1),
      event("TaskFailed", 2, {}),
      event("TaskSucceeded", 3, {}),
      exited("Run ETL", 3),
      entered("Train Model", 3),
      event("TaskFailed", 4, {}),
      exited("Train Model", 4),
    ]);

    expect(steps.map(({ failed }) => failed)).to.deep.equal([false, true]);
  });

  it("keeps a task apart that comes back after another one", () => {
    const steps = stepsOf([
      entered("Train Model", 1),
      exited("Train Model", 2),
      entered("Run ETL", 2),
      exited("Run ETL", 3),
      entered("Train Model", 3),
    ]);

    expect(steps.map(({ name }) => name)).to.deep.equal(["Train Model", "Run ETL", "Train Model"]);
  });
});
