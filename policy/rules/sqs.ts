import { requiresTls } from "../policy-document.ts";
import { has } from "../property.ts";
import { referrers } from "../reference.ts";
import type { Rule } from "../rule.ts";

const types = ["aws:sqs/queue:Queue"];

export const queueEncrypted: Rule = {
  name: "AwsSolutions-SQS2",
  description: "SQS queues encrypt messages.",
  scope: "resource",
  types,
  check: ({ props }) =>
    props["sqsManagedSseEnabled"] === true || has(props, "kmsMasterKeyId")
      ? []
      : ["messages are not encrypted: neither sqsManagedSseEnabled nor a KMS key"],
};

/** Where a queue can be named as the place for what failed. */
const deadLetters = [
  ["aws:sqs/queue:Queue", "redrivePolicy"],
  ["aws:lambda/function:Function", "deadLetterConfig"],
  ["aws:cloudwatch/eventTarget:EventTarget", "deadLetterConfig"],
] as const;

export const deadLetterQueue: Rule = {
  name: "AwsSolutions-SQS3",
  description: "SQS queues have a dead-letter queue, or are one.",
  scope: "stack",
  types,
  check: (queue, stack) =>
    has(queue.props, "redrivePolicy") ||
    deadLetters.some(([type, property]) => referrers(stack, type, property, queue).length > 0)
      ? []
      : ["there is no dead-letter queue for it, and it is none for anything else"],
};

export const queueTlsOnly: Rule = {
  name: "AwsSolutions-SQS4",
  description: "SQS queues refuse requests without TLS.",
  scope: "stack",
  types,
  check(queue, stack) {
    const covers = [new RegExp(`:${String(queue.props["name"])}$`)];
    const refuses = referrers(stack, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", queue).some(
      ({ props }) => requiresTls(props["policy"], "sqs", covers),
    );
    return refuses ? [] : ["no queue policy denies sqs:* without TLS"];
  },
};
