import type { Split } from "../../../handlers/gather-inputs/pin-split.ts";
import { bucketLayout } from "../../bucket-layout.ts";
import { comparisonLayout } from "../../comparison-layout.ts";
import { expression, withTitle } from "../jsonata.ts";
import { longLambdaTransient, type Retrier } from "../retry.ts";
import { runEtl } from "../run-etl.ts";
import type { States } from "../state.ts";
import { catchAll, catchNamed, task } from "../task.ts";
import type { Branch } from "./comparison-definition.ts";

export interface PrepareDataArgs {
  bucket: string;
  jobName: string;
  timeoutMinutes: number;
  /** Function that collects all uploads so far; `undefined`: a run reads the one that started it. */
  gatherFunctionArn: string | undefined;
  /** How rows are dealt out: here, so that a run has one split, whatever is deployed while it waits for its turn. */
  split: Split;
  maxSeconds: number;
}

const end = "Data Prepared";

/** With S3's answer to two first runs that pin the split at one moment. */
export const gatheringTransient: Retrier = {
  ...longLambdaTransient,
  ErrorEquals: [...longLambdaTransient.ErrorEquals, "ConditionalRequestConflict"],
};

/** One ETL run for all candidates. Its output is `{ etl, failure, stages }`. */
export function prepareData(partition: string, args: PrepareDataArgs): Branch {
  const { gatherFunctionArn, bucket, split } = args;
  const uri = (key: (title: string) => string) =>
    withTitle((title) => `s3://${bucket}/${key(title)}`);
  return {
    StartAt: "Start Data",
    States: {
      "Start Data": {
        Type: "Pass",
        Assign: {
          title: expression("$run.title"),
          inputUri: expression("$run.inputUri"),
          manifest: null,
          etl: null,
          failure: {},
          stages: [],
        },
        Next: gatherFunctionArn === undefined ? "Run ETL" : "Gather Inputs",
      },
      ...(gatherFunctionArn === undefined ? {} : gatherInputs(partition, gatherFunctionArn, split)),
      ...runEtl({
        partition,
        jobName: args.jobName,
        arguments: {
          S3_INPUT_FILE: expression("$inputUri"),
          S3_OUTPUT_KEY: uri(comparisonLayout.splits),
          S3_REPORT_KEY: uri(bucketLayout.etlReport),
          SPLIT: split.percent,
          SEED: split.seed,
        },
        timeoutMinutes: args.timeoutMinutes,
        next: end,
        onFailure: end,
      }),
      [end]: {
        Type: "Pass",
        Output: {
          etl: expression("$etl"),
          manifest: expression("$manifest"),
          failure: expression("$failure"),
          stages: expression("$stages"),
        },
        End: true,
      },
    },
  };
}

function gatherInputs(partition: string, functionArn: string, split: Split): States {
  return {
    "Gather Inputs": task({
      integration: "lambda:invoke",
      partition,
      arguments: { FunctionName: functionArn, Payload: { run: expression("$run"), split } },
      timeoutSeconds: 930,
      retry: [gatheringTransient],
      assign: {
        inputUri: expression("$states.result.Payload.inputUri"),
        manifest: expression("$states.result.Payload.manifest"),
      },
      catch: [catchNamed("SplitChanged", end), catchAll("InputsNotGathered", end)],
      next: "Run ETL",
    }),
  };
}
