import { bucketLayout } from "../bucket-layout.ts";
import { etlChannel, usualChannels } from "../etl-channel.ts";
import { expression, literal, withTitle } from "./jsonata.ts";
import { glueConcurrency, glueTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface RunEtlArgs extends Flow {
  partition: string;
  jobName: string;
  bucket: string;
  /** Channels that the script feeds beside those of every pipeline, `auxiliary`. */
  furtherChannels: readonly string[];
  /** The job's own limit; Glue ends the run then, and says so better than a task timeout would. */
  timeoutMinutes: number;
}

/**
 * The Glue job over the snapshot of the input, into `output/<title>/`: one folder a channel, named by an argument each.
 */
export function runEtl(args: RunEtlArgs): States {
  const uri = (key: (title: string) => string) =>
    withTitle((title) => `s3://${args.bucket}/${key(title)}`);
  return {
    "Run ETL": task({
      integration: "glue:startJobRun.sync",
      partition: args.partition,
      arguments: {
        JobName: args.jobName,
        Arguments: {
          "--S3_INPUT_FILE": expression("$run.inputUri"),
          ...Object.fromEntries(
            [...usualChannels, ...args.furtherChannels]
              .map(etlChannel)
              .map(({ argument, folder }) => [`--${argument}`, uri(folder)]),
          ),
          "--S3_REPORT_KEY": uri(bucketLayout.etlReport),
        },
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
