import { denyWithoutTls, holds, policy, resource } from "./rule-cases.ts";

const queueType = "aws:sqs/queue:Queue";
const queue = resource(queueType, "failed", { name: "failed", sqsManagedSseEnabled: true });
const arn = "arn:aws:sqs:eu-west-1:123456789012:failed";
const queuePolicy = (statement: object) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", "failed-policy", {
    queueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/failed",
    policy: policy(statement),
  });

holds("AwsSolutions-SQS2", [
  ["SQS's key", [queue]],
  ["a customer key", [resource(queueType, "q", { name: "q", kmsMasterKeyId: "alias/own" })]],
  [
    "no encryption",
    [resource(queueType, "q", { name: "q", sqsManagedSseEnabled: false })],
    ["messages are not encrypted: neither sqsManagedSseEnabled nor a KMS key"],
  ],
]);

const alone = "there is no dead-letter queue for it, and it is none for anything else";
holds("AwsSolutions-SQS3", [
  ["a queue with a dead-letter queue", [resource(queueType, "q", { redrivePolicy: "{}" })]],
  [
    "the dead-letter queue of a function",
    [
      queue,
      resource("aws:lambda/function:Function", "f", { deadLetterConfig: { targetArn: arn } }),
    ],
  ],
  [
    "the dead-letter queue of a rule's target",
    [queue, resource("aws:cloudwatch/eventTarget:EventTarget", "t", { deadLetterConfig: { arn } })],
  ],
  ["a queue on its own", [queue], [alone]],
  [
    "a queue beside another one's function",
    [
      queue,
      resource("aws:lambda/function:Function", "f", {
        deadLetterConfig: { targetArn: `${arn}-other` },
      }),
    ],
    [alone],
  ],
]);

const open = "no queue policy denies sqs:* without TLS";
holds("AwsSolutions-SQS4", [
  ["a Deny without TLS", [queue, queuePolicy(denyWithoutTls(["sqs:*"], [arn]))]],
  ["no policy", [queue], [open]],
  [
    "a Deny of sending alone",
    [queue, queuePolicy(denyWithoutTls(["sqs:SendMessage"], [arn]))],
    [open],
  ],
]);

const topic = resource("aws:sns/topic:Topic", "news", {
  name: "news",
  kmsMasterKeyId: "alias/own",
});
const topicArn = "arn:aws:sns:eu-west-1:123456789012:news";
const topicPolicy = (actions: string[]) =>
  resource("aws:sns/topicPolicy:TopicPolicy", "news-policy", {
    arn: topicArn,
    policy: policy(denyWithoutTls(actions, [topicArn])),
  });

holds("AwsSolutions-SNS2", [
  ["a topic with a key", [topic]],
  [
    "a topic without",
    [resource("aws:sns/topic:Topic", "news", { name: "news" })],
    ["messages are not encrypted"],
  ],
]);

holds("AwsSolutions-SNS3", [
  ["a Deny without TLS", [topic, topicPolicy(["sns:Publish"])]],
  ["no policy", [topic], ["no topic policy denies sns:Publish without TLS"]],
  [
    "a Deny of subscribing alone",
    [topic, topicPolicy(["sns:Subscribe"])],
    ["no topic policy denies sns:Publish without TLS"],
  ],
]);

holds("Serverless-EventBusDLQ", [
  [
    "a target with a queue",
    [resource("aws:cloudwatch/eventTarget:EventTarget", "t", { deadLetterConfig: { arn } })],
  ],
  [
    "a target without",
    [resource("aws:cloudwatch/eventTarget:EventTarget", "t", {})],
    ["events that cannot be delivered are lost"],
  ],
]);

const alarm = (props: object) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { name: "too-slow", ...props });
holds("NIST.800.53.R5-CloudWatchAlarmAction", [
  ["an alarm that tells a topic", [alarm({ alarmActions: [topicArn] })]],
  ["the alarm of failed starts, which is exempt", [alarm({ name: "dev-churn-failed-starts" })]],
  ["an alarm that tells nobody", [alarm({})], ["the alarm has no action: nobody hears of it"]],
]);
