import { expression, literal } from "./jsonata.ts";
import { glueConcurrency, glueTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface RunEtlArgs extends Flow {
  partition: string;
  jobName: string;
  /** Of this run, names without the leading hyphens; values may be expressions. */
  arguments: Record<string, string>;
  /** The job's own limit; Glue ends the run then, and says so better than a task timeout would. */
  timeoutMinutes: number;
}

/** The Glue job, with what this run reads and writes. */
export function runEtl(args: RunEtlArgs): States {
  return {
    "Run ETL": task({
      integration: "glue:startJobRun.sync",
      partition: args.partition,
      arguments: {
        JobName: args.jobName,
        Arguments: Object.fromEntries(
          Object.entries(args.arguments).map(([name, value]) => [`--${name}`, value]),
        ),
      },
      timeoutSeconds: args.timeoutMinutes * 60 + 900, // and the start of the workers, which Glue's limit leaves out
      retry: [glueConcurrency, glueTransient],
      assign: {
        etl: expression(
          `{'jobName': ${literal(args.jobName)}, 'runId': $states.result.Id, ` +
            "'startedAt': $states.result.StartedOn, 'seconds': $states.result.ExecutionTime}",
        ),
      },
      catch: [catchAll("EtlFailed", args.onFailure)],
      next: args.next,
    }),
  };
}
