import * as runtimes from "@pulumi/aws/types/enums/lambda/index.js";
import { expect } from "chai";
import { newestRuntimes } from "../../policy/newest-runtimes.ts";
import { holds, resource } from "./rule-cases.ts";

const type = "aws:lambda/function:Function";
const fn = (props: object = {}) => resource(type, "start", { name: "start", ...props });
const permission = (props: object) =>
  resource("aws:lambda/permission:Permission", "allow", { function: "start", ...props });
const byEvents = permission({ principal: "events.amazonaws.com", sourceArn: "arn:rule" });

const tooOld = (runtime: string) =>
  `runtime ${runtime} is not the newest of its language (${newestRuntimes.join(", ")})`;
holds("AwsSolutions-L1", [
  ["the newest Node.js", [fn({ runtime: "nodejs24.x" })]],
  ["an image", [fn({ packageType: "Image" })]],
  ["an older Node.js", [fn({ runtime: "nodejs22.x" })], [tooOld("nodejs22.x")]],
  ["an older Python", [fn({ runtime: "python3.13" })], [tooOld("python3.13")]],
]);

describe("newestRuntimes", () => {
  it("are the newest that the AWS provider knows", () => {
    const known: string[] = Object.values(runtimes.Runtime);
    const newest = Map.groupBy(known, (runtime) => /^[a-z]+/.exec(runtime)?.[0]);
    const all = [...newest.values()].map((family) => family.sort(byVersion).at(-1));

    expect([...newestRuntimes]).to.have.members(
      all.filter((each) => !each?.startsWith("dotnetcore") && !each?.startsWith("go")),
    );
  });
});

/** Numbers within names by their value; `provided.al2023` after `provided.al2`. */
function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

holds("Serverless-LambdaTracing", [
  ["active tracing", [fn({ tracingConfig: { mode: "Active" } })]],
  [
    "passed-on tracing",
    [fn({ tracingConfig: { mode: "PassThrough" } })],
    ["X-Ray tracing is not Active"],
  ],
  ["no tracing", [fn()], ["X-Ray tracing is not Active"]],
]);

const lost = "asynchronous events that it fails on are lost: no dead-letter queue";
const invokeConfig = (props: object) =>
  resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "config", {
    functionName: "start",
    ...props,
  });
holds("NIST.800.53.R5-LambdaDLQ", [
  ["a function with a queue", [fn({ deadLetterConfig: { targetArn: "arn:q" } }), byEvents]],
  [
    "a function with a destination for failures",
    [fn(), byEvents, invokeConfig({ destinationConfig: { onFailure: { destination: "arn:q" } } })],
  ],
  ["a function that no service invokes, which is exempt", [fn()]],
  ["a function that events invoke, without a queue", [fn(), byEvents], [lost]],
  ["retries without a destination", [fn(), invokeConfig({ maximumRetryAttempts: 2 })], [lost]],
]);

holds("NIST.800.53.R5-LambdaFunctionPublicAccessProhibited", [
  ["one rule of EventBridge", [byEvents]],
  ["an account", [permission({ principal: "123456789012" })]],
  ["everyone", [permission({ principal: "*" })], ["everyone may invoke the function"]],
  [
    "a service on behalf of any account",
    [permission({ principal: "s3.amazonaws.com" })],
    ["s3.amazonaws.com may invoke the function on behalf of any account: no sourceArn"],
  ],
]);
