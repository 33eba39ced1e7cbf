import { securityOf } from "./glue-security.ts";
import { at } from "./property.ts";
import { referrers } from "./reference.ts";
import type { Resource } from "./rule.ts";

export interface Exemption {
  rule: string;
  /** Only these resources; every other one is checked. */
  applies(resource: Resource, stack: readonly Resource[]): boolean;
  /** Why what the rule is there for is met another way, or not needed. */
  reason: string;
}

/** Where the program knowingly leaves a rule of the baseline aside. Wildcards of policies have a list of their own. */
export const exemptions: readonly Exemption[] = [
  {
    rule: "AwsSolutions-S1",
    applies: ({ props }) => String(props["bucket"]).startsWith("retraining-"),
    reason:
      "A pipeline shares no bucket with others, and a log bucket of its own would need logs again. CloudTrail's data events, " +
      "which are the account's to turn on, say the same with the caller's identity.",
  },
  {
    rule: "AwsSolutions-GL1",
    applies: (job, stack) => hasNoCustomerKey(job, stack),
    reason:
      "Glue encrypts logs with a customer key or not at all. Without kmsKeyArn in config CloudWatch encrypts them with its own " +
      "key, as it does every log group. With kmsKeyArn the rule holds.",
  },
  {
    rule: "AwsSolutions-GL3",
    applies: ({ props }, _stack) =>
      at(props, "defaultArguments", "--job-bookmark-option") === "job-bookmark-disable",
    reason: "The job keeps no bookmarks: each run reads one object, once.",
  },
  {
    rule: "SageMaker-TrainingJobKMSKeyConfigured",
    applies: namesNoKey,
    reason:
      "Without kmsKeyArn in config the bucket's default encryption covers models, and SageMaker encrypts volumes with a key " +
      "that it throws away with the instance. With kmsKeyArn the rule holds.",
  },
  {
    rule: "NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured",
    applies: namesNoKey,
    reason:
      "Without kmsKeyArn in config SageMaker encrypts the volumes of an endpoint's instances with its own key. With kmsKeyArn " +
      "the rule holds.",
  },
  {
    rule: "SageMaker-TransformJobKMSKeyConfigured",
    applies: namesNoKey,
    reason:
      "Without kmsKeyArn in config the bucket's default encryption covers predictions, and SageMaker encrypts volumes with a " +
      "key of its own. With kmsKeyArn the rule holds.",
  },
  {
    rule: "NIST.800.53.R5-LambdaDLQ",
    applies: isCalledForAnswers,
    reason:
      "No service invokes these functions by itself: the state machine or Pulumi does, and waits. A failure is the task's error, " +
      "retried, caught and recorded, or the deployment's.",
  },
  {
    rule: "NIST.800.53.R5-CloudWatchAlarmAction",
    applies: ({ props }) => /-(failed-starts|unclosed-runs)$/.test(String(props["name"])),
    reason:
      "Whom an alarm tells is the account's choice; the alarm is there to be found by its name, and its state is an event of " +
      "EventBridge that any rule can listen to.",
  },
];

/** A job whose security configuration has S3's key in place of one of the account's. */
function hasNoCustomerKey(job: Resource, stack: readonly Resource[]): boolean {
  const s3 = at(securityOf(job, stack)?.props, "encryptionConfiguration", "s3Encryption");
  return at(s3, "s3EncryptionMode") === "SSE-S3";
}

/** A definition without any key: one that names a key for one thing must for all. */
function namesNoKey({ props }: Resource): boolean {
  return !/"\w*KmsKeyId"/.test(String(props["definition"]));
}

/** A function that no service may invoke by itself. */
function isCalledForAnswers(target: Resource, stack: readonly Resource[]): boolean {
  const types = [
    ["aws:lambda/permission:Permission", "function"],
    ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "functionName"],
  ] as const;
  return types.every(([type, property]) => referrers(stack, type, property, target).length === 0);
}
