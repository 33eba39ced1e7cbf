import { expect } from "chai";
import {
  type CleanUpInput,
  cleanUpFor,
  type LifecycleEvent,
} from "../../../handlers/clean-up-runs/lifecycle-event.ts";

const churn: CleanUpInput = { endpointName: "churn", onRenameOrDestroy: "delete" };
const kept: CleanUpInput = { endpointName: "churn", onRenameOrDestroy: "keep" };
const renamed: CleanUpInput = { endpointName: "churn-2", onRenameOrDestroy: "delete" };

function event(
  action: LifecycleEvent["tf"]["action"],
  input: Partial<CleanUpInput>,
  prev_input: CleanUpInput | null,
): LifecycleEvent {
  return { ...input, tf: { action, prev_input } };
}

describe("cleanUpFor", () => {
  for (const [what, given, expected] of [
    ["a new pipeline", event("create", churn, null), { task: "nothing" }],
    ["an unchanged endpoint", event("update", churn, churn), { task: "nothing" }],
    ["a new decision alone", event("update", kept, churn), { task: "nothing" }],
    ["a renamed endpoint", event("update", renamed, churn), { task: "leave endpoint", ...churn }],
    [
      "a renamed endpoint, by the new decision",
      event("update", { ...renamed, onRenameOrDestroy: "keep" }, churn),
      { task: "leave endpoint", ...kept },
    ],
    ["a destroyed pipeline", event("delete", churn, churn), { task: "remove runs", ...churn }],
    ["one whose endpoint is kept", event("delete", kept, kept), { task: "remove runs", ...kept }],
    [
      "one of which only the past is told",
      event("delete", {}, churn),
      { task: "remove runs", ...churn },
    ],
  ] as const) {
    it(`for ${what}: ${expected.task}`, () => {
      expect(cleanUpFor(given)).to.deep.equal(expected);
    });
  }

  for (const given of [
    event("delete", {}, null),
    event("delete", { endpointName: "churn" }, null),
    event("destroy" as "delete", churn, churn),
  ]) {
    it(`refuses ${JSON.stringify(given)}`, () => {
      expect(() => cleanUpFor(given))
        .to.throw()
        .with.property("name", "MalformedInput");
    });
  }
});
