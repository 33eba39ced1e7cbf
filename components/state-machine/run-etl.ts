import { bucketLayout } from "../bucket-layout.ts";
import { expression, literal, withTitle } from "./jsonata.ts";
import { glueConcurrency, glueTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface RunEtlArgs extends Flow {
  partition: string;
  jobName: string;
  bucket: string;
  /** The job's own limit; Glue ends the run then, and says so better than a task timeout would. */
  timeoutMinutes: number;
}

/**
 * The Glue job over the snapshot of the input, into `output/<title>/`.
 *
 * The arguments' names are those that scripts written for AWS's own retraining sample read.
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
          "--S3_TRAIN_KEY": uri(bucketLayout.train),
          "--S3_VALIDATE_KEY": uri(bucketLayout.validate),
          "--S3_TEST_KEY": uri(bucketLayout.test),
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
