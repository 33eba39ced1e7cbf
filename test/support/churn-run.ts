import { expect } from "chai";
import { definitionOf } from "../../components/retraining-state-machine.ts";
import { type Execution, execute, type FakeTask } from "./execution.ts";
import { churnContext } from "./pipeline.ts";
import { runInput, runTasks } from "./run-tasks.ts";

/** What Record Run was called with. */
export interface RecordPayload extends Record<string, unknown> {
  failure: object;
  stages: { name: string; seconds: number }[];
}

/** A run of the churn pipeline's state machine, `changes` in place of some of its tasks. */
export function run(
  changes: Record<string, FakeTask> = {},
  context = churnContext(),
): Promise<Execution> {
  return execute(definitionOf(context), runInput, runTasks(changes));
}

/** What the run put on record, which it does exactly once. */
export function recorded(execution: Execution): RecordPayload {
  const calls = execution.calls["Record Run"] as { Payload: RecordPayload }[];
  expect(calls).to.have.length(1);
  return (calls[0] as { Payload: RecordPayload }).Payload;
}

/** Answer of Resolve Endpoint for an endpoint that is there. */
export const updating: FakeTask = () => ({
  Payload: { action: "update", retainCapacity: true, newer: null },
});
