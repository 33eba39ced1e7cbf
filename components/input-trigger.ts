import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { BundledFunction } from "./bundled-function.ts";
import { allowData } from "./encryption-key.ts";
import { arnsIn } from "./names.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { allow, denyInsecureTransport, policyDocument, type Statement } from "./policies.ts";

export interface InputTriggerArgs {
  context: PipelineContext;
  /** State machine that it starts, once it is there. */
  stateMachineArn: pulumi.Input<string>;
  /** What outlives the trigger: cleaning up after runs begins when no more can start. */
  dependsOn?: pulumi.Resource[];
}

/** Lambda's own retries of an event that the function failed on; AWS allows 0 to 2. */
const maxRetryAttempts = 2;
const maxEventAgeSeconds = 6 * 3600;
const queueRetentionSeconds = 14 * 24 * 3600;

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
    createAlarm(this, name, context, queue);
    const start = createFunction(this, name, args, queue);
    createRetries(this, name, start);
    createRule(this, name, context, { start, queue });
    this.registerOutputs({});
  }
}

/** Copies the very version that came, starts its run. */
export function startRetrainingStatements({
  place,
  bucket,
  names,
  config,
}: PipelineContext): Statement[] {
  const arns = arnsIn(place);
  const snapshot = arns.object(bucket, bucketLayout.snapshot("*"));
  return [
    allow(["s3:GetObjectVersion"], [arns.object(bucket, `${bucketLayout.inputPrefix}*`)]),
    allow(["s3:PutObject"], [snapshot, arns.object(bucket, bucketLayout.refusal("*"))]),
    allow(["s3:AbortMultipartUpload"], [snapshot]),
    allow(["states:StartExecution"], [arns.stateMachine(names.stateMachine)]),
    allow(["sqs:SendMessage"], [arns.queue(names.failedStartsQueue)]),
    ...allowData(config.kmsKeyArn),
  ];
}

function createQueue(parent: pulumi.Resource, name: string, { place, names }: PipelineContext) {
  const queue = new aws.sqs.Queue(
    `${name}-failed-starts`,
    {
      name: names.failedStartsQueue,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: queueRetentionSeconds,
    },
    { parent },
  );
  const arns = arnsIn(place);
  const arn = arns.queue(names.failedStartsQueue);
  new aws.sqs.QueuePolicy(
    `${name}-failed-starts-policy`,
    {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: ["sqs:SendMessage"],
          Resource: [arn],
          Condition: { ArnEquals: { "aws:SourceArn": arns.rule(names.inputUploadedRule) } },
        },
        denyInsecureTransport(["sqs:*"], [arn]), // a Deny: the wider, the safer
      ]),
    },
    { parent },
  );
  return queue;
}

function createAlarm(
  parent: pulumi.Resource,
  name: string,
  { names }: PipelineContext,
  queue: aws.sqs.Queue,
) {
  return new aws.cloudwatch.MetricAlarm(
    `${name}-failed-starts-alarm`,
    {
      name: names.failedStartsQueue,
      alarmDescription: `Uploads that started no run wait in ${names.failedStartsQueue}: send them again once their cause is gone.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching", // SQS reports nothing for a queue that nobody uses
    },
    { parent },
  );
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
      environment: { BUCKET: bucket, STATE_MACHINE_ARN: stateMachineArn },
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

function createRetries(parent: pulumi.Resource, name: string, start: BundledFunction) {
  return new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    {
      functionName: start.function.name,
      maximumRetryAttempts: maxRetryAttempts,
      maximumEventAgeInSeconds: maxEventAgeSeconds,
    },
    { parent },
  );
}

interface RuleTargets {
  start: BundledFunction;
  queue: aws.sqs.Queue;
}

function createRule(
  parent: pulumi.Resource,
  name: string,
  { names, bucket }: PipelineContext,
  { start, queue }: RuleTargets,
) {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-uploaded`,
    {
      name: names.inputUploadedRule,
      description: `Objects that came to be below ${bucketLayout.inputPrefix} of ${bucket}`,
      eventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: {
          bucket: { name: [bucket] },
          object: { key: [{ prefix: bucketLayout.inputPrefix }] },
        },
      }),
    },
    { parent },
  );
  const permission = new aws.lambda.Permission(
    `${name}-permission`,
    {
      action: "lambda:InvokeFunction",
      function: start.function.name,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    { parent },
  );
  new aws.cloudwatch.EventTarget(
    `${name}-target`,
    {
      rule: rule.name,
      arn: start.arn,
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: maxEventAgeSeconds },
      deadLetterConfig: { arn: queue.arn },
    },
    { parent, dependsOn: permission },
  );
}
