import { newestRuntimes } from "../newest-runtimes.ts";
import { at, has } from "../property.ts";
import { referrers } from "../reference.ts";
import type { Rule } from "../rule.ts";

const types = ["aws:lambda/function:Function"];

export const newestRuntime: Rule = {
  name: "AwsSolutions-L1",
  description: "Lambda functions run on the newest runtime of their language.",
  scope: "resource",
  types,
  check({ props }) {
    if (props["packageType"] === "Image") return [];
    const runtime = String(props["runtime"]);
    if (newestRuntimes.includes(runtime)) return [];
    return [`runtime ${runtime} is not the newest of its language (${newestRuntimes.join(", ")})`];
  },
};

export const tracing: Rule = {
  name: "Serverless-LambdaTracing",
  description: "Lambda functions send traces to X-Ray.",
  scope: "resource",
  types,
  check: ({ props }) =>
    at(props, "tracingConfig", "mode") === "Active" ? [] : ["X-Ray tracing is not Active"],
};

export const deadLetters: Rule = {
  name: "NIST.800.53.R5-LambdaDLQ",
  description: "What a Lambda function failed to handle is kept.",
  scope: "stack",
  types,
  check(target, stack) {
    const configs = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
    const keeps =
      has(target.props, "deadLetterConfig") ||
      referrers(stack, configs, "functionName", target).some(
        ({ props }) => at(props, "destinationConfig", "onFailure") !== undefined,
      );
    return keeps ? [] : ["asynchronous events that it fails on are lost: no dead-letter queue"];
  },
};

export const notPublic: Rule = {
  name: "NIST.800.53.R5-LambdaFunctionPublicAccessProhibited",
  description: "Lambda functions let nobody invoke them but a named source.",
  scope: "resource",
  types: ["aws:lambda/permission:Permission"],
  check({ props }) {
    const principal = String(props["principal"]);
    if (principal === "*") return ["everyone may invoke the function"];
    if (!principal.includes(".")) return []; // an account, not a service
    if (has(props, "sourceArn") || has(props, "sourceAccount")) return [];
    return [`${principal} may invoke the function on behalf of any account: no sourceArn`];
  },
};
