import { refersTo } from "../reference.ts";
import type { Resource, Rule } from "../rule.ts";

const group = "aws:cloudwatch/logGroup:LogGroup";

/** Where a resource names the group that it logs to, and what its service makes where the group is missing. */
const writers: Record<string, string> = {
  "aws:lambda/function:Function": "loggingConfig",
  "aws:sfn/stateMachine:StateMachine": "loggingConfiguration",
};

export const retention: Rule = {
  name: "NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod",
  description: "Log groups have an end to what they keep, and services log to no others.",
  scope: "stack",
  types: [group, ...Object.keys(writers)],
  check(resource, stack) {
    const property = writers[resource.type];
    if (property === undefined) return keepsForAWhile(resource);
    const managed = stack.some((each) => each.type === group && refersTo(resource, property, each));
    return managed ? [] : ["it logs to no group of this stack: nothing ends what is kept"];
  },
};

function keepsForAWhile({ props }: Resource): string[] {
  const days = props["retentionInDays"];
  return typeof days === "number" && days > 0
    ? []
    : ["events are kept for ever: no retentionInDays"];
}
