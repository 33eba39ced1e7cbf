import { list } from "../property.ts";
import type { Rule } from "../rule.ts";

export const alarmAction: Rule = {
  name: "NIST.800.53.R5-CloudWatchAlarmAction",
  description: "Alarms tell somebody.",
  scope: "resource",
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  check: ({ props }) =>
    list(props["alarmActions"]).length > 0 ? [] : ["the alarm has no action: nobody hears of it"],
};
