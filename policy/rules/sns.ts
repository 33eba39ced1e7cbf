import { statementsOf } from "../policy-document.ts";
import { at, has } from "../property.ts";
import { referrers } from "../reference.ts";
import type { Rule } from "../rule.ts";

const types = ["aws:sns/topic:Topic"];

export const topicEncrypted: Rule = {
  name: "AwsSolutions-SNS2",
  description: "SNS topics encrypt messages.",
  scope: "resource",
  types,
  check: ({ props }) => (has(props, "kmsMasterKeyId") ? [] : ["messages are not encrypted"]),
};

export const topicTlsOnly: Rule = {
  name: "AwsSolutions-SNS3",
  description: "SNS topics refuse publishers without TLS.",
  scope: "stack",
  types,
  check(topic, stack) {
    const refuses = referrers(stack, "aws:sns/topicPolicy:TopicPolicy", "arn", topic).some(
      ({ props }) =>
        statementsOf(props["policy"]).some(
          ({ effect, principals, actions, condition }) =>
            effect === "Deny" &&
            principals.includes("*") &&
            actions.some((action) => /^sns:(\*|Publish)$/i.test(String(action))) &&
            String(at(condition, "Bool", "aws:SecureTransport")) === "false",
        ),
    );
    return refuses ? [] : ["no topic policy denies sns:Publish without TLS"];
  },
};
