import { expect } from "chai";
import { runReport } from "../../handlers/record-run/report.ts";
import type { RunState } from "../../handlers/record-run/run-state.ts";
import { runOutcomeLines } from "../../scripts/run-outcome.ts";
import { failedState, runState } from "../support/run-state.ts";

function outcomeOf(state: RunState) {
  const pipeline = { stack: "dev", pipeline: "churn" };
  return runOutcomeLines(runReport(pipeline, state, null, new Date("2026-05-01T11:00:00.000Z")));
}

describe("runOutcomeLines", () => {
  it("gives name and first line of the cause of a run that failed, and nothing else", () => {
    const failure = { name: "EtlFailed", cause: "row 3: no number\nTraceback" };

    expect(outcomeOf(failedState(failure))).to.deep.equal(["EtlFailed: row 3: no number"]);
  });

  it("gives the metric against the threshold, and the endpoint, of one that succeeded", () => {
    expect(outcomeOf(runState())).to.deep.equal([
      "validation:error 0.05, asked for at most 0.1",
      "endpoint: churn",
    ]);
  });

  it("says which way a metric is asked for", () => {
    const { gate } = runState();
    if (gate === null) throw new Error("the example has a gate");

    const [line] = outcomeOf(runState({ gate: { ...gate, direction: "max", threshold: 0.04 } }));

    expect(line).to.equal("validation:error 0.05, asked for at least 0.04");
  });

  it("says nothing of a metric that nobody asked for", () => {
    const gate = { metric: null, direction: null, threshold: null, value: null };

    expect(outcomeOf(runState({ gate: { ...gate, enabled: false, accepted: true } }))).to.eql([
      "endpoint: churn",
    ]);
  });
});
