import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { eventually } from "../../support/eventually.ts";
import { accountId, region, roleArn, type TestCloud } from "./test-cloud.ts";

/** Creates a Node function from the body of its handler: `return event.a`. */
export async function createFunction(
  cloud: TestCloud,
  name: string,
  body: string,
  more: Partial<CreateFunctionCommandInput> = {},
): Promise<string> {
  const { FunctionArn } = await cloud.clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: roleArn,
      Timeout: 10,
      Code: { ZipFile: archive(body) },
      ...more,
    }),
  );
  await waitUntilFunctionActiveV2(
    { client: cloud.clients.lambda, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 },
    { FunctionName: name },
  );
  return FunctionArn as string;
}

export function archive(body: string): Uint8Array {
  const code = `const calls = { count: 0 };\nexport const handler = async (event, context) => { ${body} };\n`;
  return zipSync({ "index.mjs": new TextEncoder().encode(code) });
}

export async function createQueue(cloud: TestCloud, name: string) {
  const { QueueUrl } = await cloud.clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
  return { url: QueueUrl as string, arn: `arn:aws:sqs:${region}:${accountId}:${name}` };
}

/** Lets EventBridge send what a rule's targets do not take. */
export async function letRuleSend(
  cloud: TestCloud,
  queue: { url: string; arn: string },
  rule: string,
): Promise<void> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: { ArnEquals: { "aws:SourceArn": ruleArn(rule) } },
  };
  await cloud.clients.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: queue.url,
      Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
    }),
  );
}

export const ruleArn = (name: string) => `arn:aws:events:${region}:${accountId}:rule/${name}`;

export async function receive(cloud: TestCloud, queueUrl: string): Promise<Message> {
  return await eventually(async () => {
    const { Messages } = await cloud.clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MessageAttributeNames: ["All"],
        WaitTimeSeconds: 1,
      }),
    );
    return Messages?.[0];
  });
}

/** What a synchronous invocation answers. */
export async function invokeFunction(cloud: TestCloud, name: string, event: unknown = {}) {
  const { Payload, FunctionError } = await cloud.clients.lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  return { FunctionError, body: JSON.parse(Payload?.transformToString() ?? "null") };
}
