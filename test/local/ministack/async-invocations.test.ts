import { CreateLogGroupCommand, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AddPermissionCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { createFunction, createQueue, letRuleSend, receive } from "./functions-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("asynchronous invocations", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const invokeAsync = (name: string, event: unknown) =>
    cloud.clients.lambda.send(
      new InvokeCommand({
        FunctionName: name,
        InvocationType: "Event",
        Payload: JSON.stringify(event),
      }),
    );
  const depth = async (url: string) => {
    const { Attributes } = await cloud.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ["ApproximateNumberOfMessages"],
      }),
    );
    return Number(Attributes?.["ApproximateNumberOfMessages"]);
  };

  /** How many lines of a function's log contain the text. */
  async function logged(name: string, text: string): Promise<number> {
    const pages = paginateFilterLogEvents(
      { client: cloud.clients.logs },
      { logGroupName: `/aws/lambda/${name}` },
    );
    let count = 0;
    for await (const { events = [] } of pages)
      count += events.filter(({ message }) => message?.includes(text)).length;
    return count;
  }

  it("loses none of a burst of asynchronous invocations", async () => {
    const queue = await createQueue(cloud, "burst-failures");
    await cloud.clients.logs.send(new CreateLogGroupCommand({ logGroupName: "/aws/lambda/burst" }));
    await createFunction(
      cloud,
      "burst",
      "await new Promise((resolve) => setTimeout(resolve, 20)); console.log('run')",
      { DeadLetterConfig: { TargetArn: queue.arn } },
    );

    await Promise.all(Array.from({ length: 40 }, (_, i) => invokeAsync("burst", { i })));

    const runs = () => logged("burst", "run");
    await eventually(async () => ((await runs()) >= 40 ? true : undefined));
    expect(await runs()).to.equal(40);
    expect(await depth(queue.url)).to.equal(0);
  });

  it("retries a failed event twice, then sends the event to the dead-letter queue", async () => {
    const queue = await createQueue(cloud, "dead-letters");
    await createFunction(
      cloud,
      "always-fails",
      "console.log('attempt'); throw new TypeError('no ' + event.a)",
      {
        DeadLetterConfig: { TargetArn: queue.arn },
      },
    );

    await invokeAsync("always-fails", { a: 1 });

    const message = await receive(cloud, queue.url);
    expect(JSON.parse(message.Body as string)).to.deep.equal({ a: 1 });
    expect(message.MessageAttributes?.["ErrorCode"]?.StringValue).to.equal("200");
    expect(message.MessageAttributes?.["ErrorMessage"]?.StringValue).to.equal("no 1");
    expect(await logged("always-fails", "attempt")).to.equal(3);
  });

  it("honours MaximumRetryAttempts and the failure destination", async () => {
    const queue = await createQueue(cloud, "failures");
    await createFunction(cloud, "fails-once", "console.log('attempt'); throw new RangeError('no')");
    await cloud.clients.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: "fails-once",
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: queue.arn } },
      }),
    );

    await invokeAsync("fails-once", { a: 1 });

    const record = JSON.parse((await receive(cloud, queue.url)).Body as string);
    expect(record).to.deep.include({ version: "1.0", requestPayload: { a: 1 } });
    expect(record.requestContext).to.deep.include({
      condition: "RetriesExhausted",
      approximateInvokeCount: 1,
      functionArn: "arn:aws:lambda:us-east-2:000000000000:function:fails-once:$LATEST",
    });
    expect(record.responsePayload).to.deep.include({ errorType: "RangeError", errorMessage: "no" });
  });

  it("takes EventBridge events through the same queue", async () => {
    const queue = await createQueue(cloud, "event-failures");
    const arn = await createFunction(cloud, "on-event", "throw new Error(event['detail-type'])", {
      DeadLetterConfig: { TargetArn: queue.arn },
    });
    await cloud.clients.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: "on-event",
        MaximumRetryAttempts: 1,
      }),
    );
    await cloud.clients.events.send(
      new PutRuleCommand({ Name: "uploads", EventPattern: '{"source": ["test"]}' }),
    );
    await cloud.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: "on-event",
        StatementId: "uploads",
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
        SourceArn: "arn:aws:events:us-east-2:000000000000:rule/uploads",
        SourceAccount: "000000000000",
      }),
    );
    await cloud.clients.events.send(
      new PutTargetsCommand({ Rule: "uploads", Targets: [{ Id: "1", Arn: arn }] }),
    );

    await cloud.clients.events.send(
      new PutEventsCommand({
        Entries: [{ Source: "test", DetailType: "Object Created", Detail: '{"a": 1}' }],
      }),
    );

    const message = await receive(cloud, queue.url);
    expect(JSON.parse(message.Body as string)).to.deep.include({
      "detail-type": "Object Created",
      detail: { a: 1 },
    });
  });

  const undeliverable: [string, string, string | undefined][] = [
    ["does not exist", "NO_RESOURCE", undefined],
    [
      "does not let the rule invoke it",
      "NO_PERMISSIONS",
      "arn:aws:events:us-east-2:000000000000:rule/other",
    ],
  ];
  for (const [why, code, sourceArn] of undeliverable) {
    it(`sends an event to the target's dead-letter queue when the function ${why}`, async () => {
      const name = `undeliverable-${code.toLowerCase().replace("_", "-")}`;
      const queue = await createQueue(cloud, name);
      await letRuleSend(cloud, queue, name);
      if (sourceArn !== undefined) {
        await createFunction(cloud, name, "return 1");
        await cloud.clients.lambda.send(
          new AddPermissionCommand({
            FunctionName: name,
            StatementId: "other",
            Action: "lambda:InvokeFunction",
            Principal: "events.amazonaws.com",
            SourceArn: sourceArn,
          }),
        );
      }
      await cloud.clients.events.send(
        new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: [name] }) }),
      );
      await cloud.clients.events.send(
        new PutTargetsCommand({
          Rule: name,
          Targets: [
            {
              Id: "1",
              Arn: `arn:aws:lambda:us-east-2:000000000000:function:${name}`,
              DeadLetterConfig: { Arn: queue.arn },
              RetryPolicy: { MaximumRetryAttempts: 1 },
            },
          ],
        }),
      );

      await cloud.clients.events.send(
        new PutEventsCommand({ Entries: [{ Source: name, DetailType: "a", Detail: "{}" }] }),
      );

      const message = await receive(cloud, queue.url);
      expect(JSON.parse(message.Body as string)).to.deep.include({ source: name });
      expect(message.MessageAttributes?.["ERROR_CODE"]?.StringValue).to.equal(code);
      expect(message.MessageAttributes?.["RULE_ARN"]?.StringValue).to.equal(
        `arn:aws:events:us-east-2:000000000000:rule/${name}`,
      );
    });
  }
});
