import { expect } from "chai";
import { comparisonDefinitionOf } from "../../../components/comparison-state-machine.ts";
import { definitionOf } from "../../../components/retraining-state-machine.ts";
import { abaloneContext } from "../../support/comparison.ts";
import { execute } from "../../support/execution.ts";
import { churnContext } from "../../support/pipeline.ts";
import { runInput } from "../../support/run-tasks.ts";

describe("an execution with the input of another run", () => {
  for (const [what, definition] of [
    ["pipeline", definitionOf(churnContext())],
    ["comparison", comparisonDefinitionOf(abaloneContext())],
  ] as const) {
    it(`does nothing in a ${what}, and says so`, async () => {
      const execution = await execute(definition, runInput, {}, "started-by-hand");

      expect(execution).to.include({ status: "FAILED", error: "NotItsOwnRun" });
      expect(execution.cause).to.match(
        /^execution started-by-hand has the input of run request-01/,
      );
      expect(execution.path).to.deep.equal(["Is Run Its Own?", "Fail Copy"]);
    });

    it(`does nothing in a ${what} where the input names no run`, async () => {
      const execution = await execute(definition, {}, {}, "started-by-hand");

      expect(execution).to.include({ status: "FAILED", error: "NotItsOwnRun" });
    });
  }
});
