import { expression } from "./jsonata.ts";
import { lambdaTransient } from "./retry.ts";
import type { State, States } from "./state.ts";
import { task } from "./task.ts";

export interface PruneVersionsArgs {
  partition: string;
  functionArn: string;
  next: string;
}

/** Deletes versions beyond the last few, now that the new one serves. */
export function pruneVersions(args: PruneVersionsArgs): States {
  const payload = { configName: expression("$endpoint.configName") };
  return { "Prune Versions": cleanUpVersions({ ...args, payload }) };
}

/** A call of prune-versions. What could not be deleted is on record and left to a later run: the outcome of this one stands. */
export function cleanUpVersions(args: PruneVersionsArgs & { payload: object }): State {
  return task({
    integration: "lambda:invoke",
    partition: args.partition,
    arguments: { FunctionName: args.functionArn, Payload: args.payload },
    timeoutSeconds: 330,
    retry: [lambdaTransient],
    assign: { versions: expression("$states.result.Payload") },
    catch: [
      {
        ErrorEquals: ["States.ALL"],
        Assign: { versions: { failure: expression("$states.errorOutput") } },
        Next: args.next,
      },
    ],
    next: args.next,
  });
}
