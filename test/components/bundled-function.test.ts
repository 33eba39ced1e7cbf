import { readFileSync } from "node:fs";
import { expect } from "chai";
import { BundledFunction, type BundledFunctionArgs } from "../../components/bundled-function.ts";
import { handlerSource } from "../../components/function-bundle.ts";
import { allow } from "../../components/policies.ts";
import { record } from "../support/mocks.ts";
import { place } from "../support/pipeline.ts";

const queue = "arn:aws:sqs:eu-west-1:123456789012:jobs";

function bundledFunction(changes: Partial<BundledFunctionArgs> = {}) {
  return record(
    () =>
      new BundledFunction("resolve", {
        functionName: "dev-churn-resolve-endpoint",
        roleName: "dev-churn-resolve-endpoint-role",
        handler: "resolve-endpoint",
        statements: [allow(["sqs:SendMessage"], [queue])],
        environment: { RUN_PREFIX: "dev-churn--" },
        place,
        logRetentionDays: 14,
        ...changes,
      }),
  );
}

describe("BundledFunction", () => {
  it("creates a function, its log group, its role and one policy", async () => {
    const { resources } = await bundledFunction();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:cloudwatch/logGroup:LogGroup resolve-logs",
      "aws:iam/role:Role resolve-role",
      "aws:iam/rolePolicy:RolePolicy resolve-policy",
      "aws:lambda/function:Function resolve",
    ]);
  });

  it("runs the handler on the newest runtime, traced, its logs in its own group", async () => {
    const { find } = await bundledFunction();

    const { code, ...inputs } = find("resolve").inputs;
    const source = (await code.assets)["index.mjs"];
    expect(readFileSync(await source.path, "utf8")).to.equal(handlerSource("resolve-endpoint"));
    expect(inputs).to.deep.equal({
      name: "dev-churn-resolve-endpoint",
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      role: "arn:aws:iam:eu-west-1:123456789012:dev-churn-resolve-endpoint-role",
      timeout: 60,
      memorySize: 256,
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/dev-churn-resolve-endpoint" },
      tracingConfig: { mode: "Active" },
      environment: { variables: { RUN_PREFIX: "dev-churn--" } },
    });
    expect(find("resolve-logs").inputs).to.deep.equal({
      name: "/aws/lambda/dev-churn-resolve-endpoint",
      retentionInDays: 14,
    });
  });

  it("lets the handler write its own logs and traces and do what it was given, nothing else", async () => {
    const { find } = await bundledFunction();

    expect(JSON.parse(find("resolve-policy").inputs["policy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [
          "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/dev-churn-resolve-endpoint:*",
        ],
      },
      {
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: ["*"],
      },
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [queue] },
    ]);
  });

  it("takes time, key and dead-letter queue where they are given", async () => {
    const { find } = await bundledFunction({
      timeoutSeconds: 900,
      kmsKeyArn: "arn:key",
      deadLetterQueueArn: queue,
    });

    expect(find("resolve").inputs).to.deep.include({
      timeout: 900,
      deadLetterConfig: { targetArn: queue },
    });
    expect(find("resolve-logs").inputs["kmsKeyId"]).to.equal("arn:key");
  });
});
