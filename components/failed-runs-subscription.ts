import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BundledFunction } from "./bundled-function.ts";
import { subscribe } from "./event-subscription.ts";
import { arnsIn } from "./names.ts";
import type { RunContext } from "./pipeline-context.ts";

/** Lets `close` know of every run of the context's state machine that did not succeed. */
export function subscribeToFailedRuns(
  parent: pulumi.Resource,
  name: string,
  { names, place }: RunContext,
  close: BundledFunction,
  queue: aws.sqs.Queue,
) {
  subscribe(parent, name, {
    ruleName: names.runEndedRule,
    rule: `${name}-ended`,
    description: `Executions of ${names.stateMachine} that did not succeed`,
    pattern: {
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: {
        stateMachineArn: [arnsIn(place).stateMachine(names.stateMachine)],
        status: ["ABORTED", "TIMED_OUT", "FAILED"],
      },
    },
    target: close,
    queue,
  });
}
