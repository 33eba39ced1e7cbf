import { expression } from "./jsonata.ts";
import type { States } from "./state.ts";

/**
 * Goes on only where the execution is named after its run, as the trigger starts it. The console's "New execution" copies
 * another one's input: it would write over that run's data, report and models.
 */
export function ownRun(next: string): States {
  return {
    "Is Run Its Own?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression("$states.context.Execution.Name = $states.input.title"),
          Next: next,
        },
      ],
      Default: "Fail Copy",
    },
    "Fail Copy": {
      Type: "Fail",
      Error: "NotItsOwnRun",
      Cause: expression(
        "'execution ' & $states.context.Execution.Name & ' has the input of run ' & $string($states.input.title) & " +
          "': nothing was done. Upload the file again to have a run of its own'",
      ),
    },
  };
}
