import { expression } from "./jsonata.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, type TaskArgs, task } from "./task.ts";

export interface CreateOnceArgs extends Omit<TaskArgs, "catch" | "next">, Flow {
  /** The run's failure where it cannot be made. */
  error: string;
  /** Name of the state that asks whether it is there: `Is Model There?` */
  question: string;
}

/**
 * A task that makes something under a name that is the run's alone. Where the answer was lost on its way, a retry finds it
 * there already: it is what the run asked for, and no failure.
 */
export function createOnce(name: string, args: CreateOnceArgs): States {
  const { error, question, onFailure, ...rest } = args;
  return {
    [name]: task({ ...rest, catch: [catchAll(error, question)] }),
    [question]: {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(
            "$exists($failure.caught.Cause) and $contains($failure.caught.Cause, 'already existing')",
          ),
          Assign: { ...args.assign, failure: {} },
          Next: args.next,
        },
      ],
      Default: onFailure,
    },
  };
}
