import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BundledFunction } from "./bundled-function.ts";

export interface EventSubscriptionArgs {
  ruleName: string;
  /** Name of the rule in Pulumi. */
  rule: string;
  description: string;
  /** EventBridge's pattern. */
  pattern: object;
  target: BundledFunction;
  /** Takes what neither EventBridge nor the function could handle. */
  queue: aws.sqs.Queue;
}

/** Lambda's own retries of an event that the function failed on; AWS allows 0 to 2. */
const maxRetryAttempts = 2;
const maxEventAgeSeconds = 6 * 3600;

/** Lets a rule invoke a function for each event of a pattern, with the retries of both. `name` is the start of its resources'. */
export function subscribe(
  parent: pulumi.Resource,
  name: string,
  args: EventSubscriptionArgs,
): void {
  const { target, queue } = args;
  new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    {
      functionName: target.function.name,
      maximumRetryAttempts: maxRetryAttempts,
      maximumEventAgeInSeconds: maxEventAgeSeconds,
    },
    { parent },
  );
  const rule = new aws.cloudwatch.EventRule(
    args.rule,
    {
      name: args.ruleName,
      description: args.description,
      eventPattern: JSON.stringify(args.pattern),
    },
    { parent },
  );
  const permission = new aws.lambda.Permission(
    `${name}-permission`,
    {
      action: "lambda:InvokeFunction",
      function: target.function.name,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    { parent },
  );
  new aws.cloudwatch.EventTarget(
    `${name}-target`,
    {
      rule: rule.name,
      arn: target.arn,
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: maxEventAgeSeconds },
      deadLetterConfig: { arn: queue.arn },
    },
    { parent, dependsOn: permission },
  );
}
