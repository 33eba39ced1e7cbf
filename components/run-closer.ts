import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BundledFunction } from "./bundled-function.ts";
import { closeVersionStatements } from "./close-version-statements.ts";
import { createFailedEventsQueue } from "./failed-events-queue.ts";
import { subscribeToFailedRuns } from "./failed-runs-subscription.ts";
import { arnsIn } from "./names.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

export interface RunCloserArgs {
  context: PipelineContext;
  /** What outlives it: runs that are stopped because the pipeline goes are cleaned up after by their own function. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Closes runs that could not do so themselves: aborted, timed out, or failed where no Catch of the state machine reaches.
 *
 * Step Functions tells EventBridge of every execution that ends. The function looks whether the run has recorded itself, as
 * all others do; an event that it could not handle ends in a queue with an alarm, so that it can be sent again.
 *
 * @example
 * new RunCloser("churn-closer", { context, dependsOn: [cleanUp.invocation] }, { parent: this });
 */
export class RunCloser extends pulumi.ComponentResource {
  constructor(name: string, args: RunCloserArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:RunCloser", name, {}, opts);
    const { context } = args;
    const queue = createQueue(this, name, context);
    const close = createFunction(this, name, args, queue);
    subscribeToFailedRuns(this, name, context, close, queue);
    this.registerOutputs({});
  }
}

/** Reads how far a run got, stops its job, deletes its version, writes its report, tells the account. */
export function closeRunStatements(context: PipelineContext): Statement[] {
  const { place, names, config } = context;
  const arns = arnsIn(place);
  return [
    allow(["states:GetExecutionHistory"], [arns.execution(names.stateMachine, "*")]),
    allow(["glue:GetJobRuns", "glue:BatchStopJobRun"], [arns.glueJob(names.glueJob)]),
    config.training.tuning === undefined
      ? allow(["sagemaker:StopTrainingJob"], [arns.trainingJob(`${names.runPrefix}*`)])
      : allow(
          ["sagemaker:StopHyperParameterTuningJob"],
          [arns.tuningJob(`${names.tuningPrefix}*`)],
        ),
    ...closeVersionStatements(context),
  ];
}

function createQueue(parent: pulumi.Resource, name: string, { place, names }: PipelineContext) {
  const queueName = names.unclosedRunsQueue;
  return createFailedEventsQueue(parent, `${name}-unclosed-runs`, {
    queueName,
    ruleName: names.runEndedRule,
    alarmDescription: `Runs that ended without a report or a notification wait in ${queueName}: send them again once the cause is gone.`,
    place,
  });
}

function createFunction(
  parent: pulumi.Resource,
  name: string,
  { context, dependsOn = [] }: RunCloserArgs,
  queue: aws.sqs.Queue,
) {
  const { names, config, place, bucket, stack } = context;
  return new BundledFunction(
    `${name}-close-run`,
    {
      functionName: names.closeRunFunction,
      roleName: names.roles.closeRun,
      handler: "close-run",
      statements: closeRunStatements(context),
      environment: {
        BUCKET: bucket,
        STACK: stack,
        PIPELINE: config.name,
        RUN_PREFIX: names.runPrefix,
        ENDPOINT_NAME: config.endpoint.name,
        GLUE_JOB: names.glueJob,
      },
      place,
      logRetentionDays: config.logs.retentionDays,
      kmsKeyArn: config.kmsKeyArn,
      timeoutSeconds: 300, // the history of a long run has many pages
      deadLetterQueueArn: queue.arn,
      dependsOn,
    },
    { parent },
  );
}
