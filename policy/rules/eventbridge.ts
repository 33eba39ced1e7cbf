import { has } from "../property.ts";
import type { Rule } from "../rule.ts";

export const targetDeadLetters: Rule = {
  name: "Serverless-EventBusDLQ",
  description: "Events that an EventBridge rule could not deliver are kept.",
  scope: "resource",
  types: ["aws:cloudwatch/eventTarget:EventTarget"],
  check: ({ props }) =>
    has(props, "deadLetterConfig") ? [] : ["events that cannot be delivered are lost"],
};
