import { at } from "../property.ts";
import type { Rule } from "../rule.ts";

const machine = { scope: "resource", types: ["aws:sfn/stateMachine:StateMachine"] } as const;

export const logsEverything: Rule = {
  ...machine,
  name: "AwsSolutions-SF1",
  description: "State machines log ALL events to CloudWatch.",
  check({ props }) {
    const logging = at(props, "loggingConfiguration");
    const level = at(logging, "level");
    if (level !== "ALL") return [`the log level is ${String(level ?? "OFF")}, not ALL`];
    // The group's ARN is unknown until it exists; that it is given is enough.
    return "logDestination" in (logging as object) ? [] : ["there is no log group to log to"];
  },
};

export const traced: Rule = {
  ...machine,
  name: "AwsSolutions-SF2",
  description: "State machines send traces to X-Ray.",
  check: ({ props }) =>
    at(props, "tracingConfiguration", "enabled") === true ? [] : ["X-Ray tracing is off"],
};
