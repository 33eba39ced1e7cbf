import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arnsIn, type Place } from "./names.ts";
import { denyInsecureTransport, policyDocument } from "./policies.ts";

export interface FailedEventsQueueArgs {
  queueName: string;
  /** Name of the rule whose undelivered events it takes; the function's own come by its role. */
  ruleName: string;
  /** What the alarm says: what waits in the queue, and what to do. */
  alarmDescription: string;
  place: Place;
}

const retentionSeconds = 14 * 24 * 3600; // the longest that SQS keeps a message

/**
 * A queue for events that could not be handled, by EventBridge or by the function, each as it was, and an alarm that the first
 * of them raises. `name` is the queue's in Pulumi.
 */
export function createFailedEventsQueue(
  parent: pulumi.Resource,
  name: string,
  args: FailedEventsQueueArgs,
): aws.sqs.Queue {
  const queue = new aws.sqs.Queue(
    name,
    {
      name: args.queueName,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: retentionSeconds,
    },
    { parent },
  );
  createPolicy(parent, name, args, queue);
  createAlarm(parent, name, args, queue);
  return queue;
}

function createPolicy(
  parent: pulumi.Resource,
  name: string,
  { queueName, ruleName, place }: FailedEventsQueueArgs,
  queue: aws.sqs.Queue,
) {
  const arns = arnsIn(place);
  const arn = arns.queue(queueName);
  new aws.sqs.QueuePolicy(
    `${name}-policy`,
    {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: ["sqs:SendMessage"],
          Resource: [arn],
          Condition: { ArnEquals: { "aws:SourceArn": arns.rule(ruleName) } },
        },
        denyInsecureTransport(["sqs:*"], [arn]), // a Deny: the wider, the safer
      ]),
    },
    { parent },
  );
}

function createAlarm(
  parent: pulumi.Resource,
  name: string,
  { queueName, alarmDescription }: FailedEventsQueueArgs,
  queue: aws.sqs.Queue,
) {
  new aws.cloudwatch.MetricAlarm(
    `${name}-alarm`,
    {
      name: queueName,
      alarmDescription,
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
