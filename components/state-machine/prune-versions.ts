import { expression } from "./jsonata.ts";
import { lambdaTransient } from "./retry.ts";
import type { States } from "./state.ts";
import { task } from "./task.ts";

export interface PruneVersionsArgs {
  partition: string;
  functionArn: string;
  next: string;
}

/**
 * Deletes versions beyond the last few, now that the new one serves.
 *
 * The model is live: what could not be deleted is on record and left to the next run, and does not fail this one.
 */
export function pruneVersions(args: PruneVersionsArgs): States {
  return {
    "Prune Versions": task({
      integration: "lambda:invoke",
      partition: args.partition,
      arguments: {
        FunctionName: args.functionArn,
        Payload: { configName: expression("$endpoint.configName") },
      },
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
    }),
  };
}
