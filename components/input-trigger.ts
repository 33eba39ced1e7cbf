import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { BundledFunction } from "./bundled-function.ts";
import { allowData } from "./encryption-key.ts";
import { subscribe } from "./event-subscription.ts";
import { createFailedEventsQueue } from "./failed-events-queue.ts";
import { arnsIn } from "./names.ts";
import { type RunContext, snapshotKeys } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

export interface InputTriggerArgs {
  context: RunContext;
  /** State machine that it starts, once it is there. */
  stateMachineArn: pulumi.Input<string>;
  /** What outlives the trigger: cleaning up after runs begins when no more can start. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Starts a run for each object below `input/`: EventBridge rule, function, and a queue with an alarm for what failed.
 *
 * S3 tells EventBridge of every way in which an object comes to be, multipart uploads included, and any number of rules
 * may listen. An event that could not be handled, by EventBridge or by the function, ends in the queue as it was, so that
 * it can be sent again.
 *
 * @example
 * new InputTrigger("churn-input", { context, stateMachineArn: machine.arn }, { parent: this });
 */
export class InputTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: InputTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:InputTrigger", name, {}, opts);
    const { context } = args;
    const queue = createQueue(this, name, context);
    const start = createFunction(this, name, args, queue);
    createSubscription(this, name, context, start, queue);
    this.registerOutputs({});
  }
}

/** Copies the very version that came, starts its run. */
export function startRetrainingStatements({
  place,
  bucket,
  names,
  config,
  inputExtensions,
}: RunContext): Statement[] {
  const arns = arnsIn(place);
  const snapshots = snapshotKeys(inputExtensions).map((key) => arns.object(bucket, key));
  return [
    allow(["s3:GetObjectVersion"], [arns.object(bucket, `${bucketLayout.inputPrefix}*`)]),
    allow(["s3:PutObject"], [...snapshots, arns.object(bucket, bucketLayout.refusal("*"))]),
    allow(["s3:AbortMultipartUpload"], snapshots),
    allow(["states:StartExecution"], [arns.stateMachine(names.stateMachine)]),
    allow(["sqs:SendMessage"], [arns.queue(names.failedStartsQueue)]),
    ...allowData(config.kmsKeyArn),
  ];
}

function createQueue(parent: pulumi.Resource, name: string, { place, names }: RunContext) {
  const queueName = names.failedStartsQueue;
  return createFailedEventsQueue(parent, `${name}-failed-starts`, {
    queueName,
    ruleName: names.inputUploadedRule,
    alarmDescription: `Uploads that started no run wait in ${queueName}: send them again once their cause is gone.`,
    place,
  });
}

function createFunction(
  parent: pulumi.Resource,
  name: string,
  { context, stateMachineArn, dependsOn = [] }: InputTriggerArgs,
  queue: aws.sqs.Queue,
) {
  const { names, config, place, bucket } = context;
  return new BundledFunction(
    `${name}-start-retraining`,
    {
      functionName: names.startRetrainingFunction,
      roleName: names.roles.startRetraining,
      handler: "start-retraining",
      statements: startRetrainingStatements(context),
      environment: {
        BUCKET: bucket,
        STATE_MACHINE_ARN: stateMachineArn,
        INPUT_EXTENSIONS: context.inputExtensions.join(","),
        MAX_TITLE_LENGTH: String(context.maxTitleLength),
      },
      place,
      logRetentionDays: config.logs.retentionDays,
      kmsKeyArn: config.kmsKeyArn,
      timeoutSeconds: 900, // a copy of terabytes takes S3 minutes
      deadLetterQueueArn: queue.arn,
      dependsOn,
    },
    { parent },
  );
}

function createSubscription(
  parent: pulumi.Resource,
  name: string,
  { names, bucket }: RunContext,
  start: BundledFunction,
  queue: aws.sqs.Queue,
) {
  subscribe(parent, name, {
    ruleName: names.inputUploadedRule,
    rule: `${name}-uploaded`,
    description: `Objects that came to be below ${bucketLayout.inputPrefix} of ${bucket}`,
    pattern: {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: [bucket] },
        object: { key: [{ prefix: bucketLayout.inputPrefix }] },
      },
    },
    target: start,
    queue,
  });
}
