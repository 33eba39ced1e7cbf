import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AddPermissionCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { run } from "./executions-support.ts";
import { archive, createFunction, createQueue, receive } from "./functions-support.ts";
import { eventually, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Lambda functions", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  async function invoke(name: string, event: unknown = {}) {
    const { Payload, FunctionError } = await cloud.clients.lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
    );
    return { FunctionError, body: JSON.parse(Payload?.transformToString() ?? "null") };
  }
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

  it("runs with its environment, region, credentials and the local endpoint", async () => {
    await createFunction(
      cloud,
      "environment",
      "const { STAGE, AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, PYTHONPATH, LAUNCHER_BACKEND_URL } = process.env;" +
        "return { STAGE, AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, PYTHONPATH, LAUNCHER_BACKEND_URL, event, arn: context.invokedFunctionArn };",
      { Environment: { Variables: { STAGE: "local" } } },
    );

    const { body } = await invoke("environment", { a: [1] });

    expect(body).to.deep.equal({
      STAGE: "local",
      AWS_REGION: "us-east-2",
      AWS_ENDPOINT_URL: cloud.ministack.url,
      AWS_ACCESS_KEY_ID: "000000000000",
      event: { a: [1] },
      arn: "arn:aws:lambda:us-east-2:000000000000:function:environment",
    });
  });

  it("stays warm between invocations and answers in a few milliseconds", async () => {
    await createFunction(cloud, "warm", "calls.count += 1; return calls.count");
    await invoke("warm");

    const times: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const startedAt = performance.now();
      await invoke("warm");
      times.push(performance.now() - startedAt);
    }

    expect((await invoke("warm")).body).to.equal(12);
    expect(times.sort((a, b) => a - b)[5]).to.be.below(40);
  });

  it("runs new code after an update", async () => {
    await createFunction(cloud, "updated", "return 1");
    await invoke("updated");

    await cloud.clients.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: "updated", ZipFile: archive("return 2") }),
    );

    await eventually(async () => ((await invoke("updated")).body === 2 ? true : undefined));
  });

  it("reports an error under its own name, with message and stack", async () => {
    await createFunction(
      cloud,
      "throws",
      "class InputRefused extends Error { name = 'InputRefused' }; throw new InputRefused('row 7: ' + event.column)",
    );

    const { body, FunctionError } = await invoke("throws", { column: "Day Mins" });

    expect(FunctionError).to.equal("Unhandled");
    expect(body).to.deep.include({ errorType: "InputRefused", errorMessage: "row 7: Day Mins" });
    expect(body.trace[0]).to.equal("InputRefused: row 7: Day Mins");
    expect(body.trace[1]).to.contain("index.mjs");
  });

  it("lets a state machine catch the error by name", async () => {
    await createFunction(
      cloud,
      "busy",
      "const error = new Error('updating'); error.name = 'EndpointBusy'; throw error",
    );

    const { output } = await run(cloud, {
      Resolve: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: {
          FunctionName: "arn:aws:lambda:us-east-2:000000000000:function:busy",
          Payload: { a: 1 },
        },
        Catch: [
          {
            ErrorEquals: ["EndpointBusy"],
            Output: "{% $parse($states.errorOutput.Cause).errorMessage %}",
            Next: "Succeed",
          },
        ],
        End: true,
      },
      Succeed: { Type: "Succeed" },
    });

    expect(output).to.equal('"updating"');
  });

  it("gives a state machine the payload that a function returned", async () => {
    await createFunction(cloud, "returns", "return { doubled: event.a * 2 }");

    const { output } = await run(cloud, {
      Invoke: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: "returns", Payload: { a: 21 } },
        Output: "{% $states.result.Payload %}",
        End: true,
      },
    });

    expect(JSON.parse(output as string)).to.deep.equal({ doubled: 42 });
  });

  it("ends a function that takes too long", async () => {
    await createFunction(
      cloud,
      "slow",
      "await new Promise((resolve) => setTimeout(resolve, 30000))",
      {
        Timeout: 1,
      },
    );

    const { body, FunctionError } = await invoke("slow");

    expect(FunctionError).to.equal("Unhandled");
    expect(body.errorType).to.equal("Sandbox.Timedout");
    expect(body.errorMessage).to.contain("Task timed out after 1.00 seconds");
  });

  it("writes its output to the function's log group", async () => {
    await createFunction(cloud, "logs", "console.log('uploaded', event.key)");

    await invoke("logs", { key: "a b.csv" });

    await eventually(async () => {
      const { events } = await cloud.clients.logs.send(
        new FilterLogEventsCommand({ logGroupName: "/aws/lambda/logs" }),
      );
      return events?.find(({ message }) => message?.includes("uploaded a b.csv"));
    });
  });

  it("loses none of a burst of asynchronous invocations", async () => {
    const queue = await createQueue(cloud, "burst-failures");
    const counter = await createQueue(cloud, "burst-runs");
    await createFunction(
      cloud,
      "burst",
      "calls.count += 1; await new Promise((resolve) => setTimeout(resolve, 20)); " +
        `const response = await fetch(process.env.AWS_ENDPOINT_URL + '/?Action=SendMessage&MessageBody=' + process.pid + '&QueueUrl=' + encodeURIComponent('${counter.url}'), { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-2/sqs/aws4_request' } }); ` +
        "if (!response.ok) throw new Error(await response.text())",
      { DeadLetterConfig: { TargetArn: queue.arn } },
    );

    await Promise.all(Array.from({ length: 40 }, (_, i) => invokeAsync("burst", { i })));

    await eventually(async () => ((await depth(counter.url)) >= 40 ? true : undefined));
    expect(await depth(counter.url)).to.equal(40);
    expect(await depth(queue.url)).to.equal(0);
  });

  it("makes synchronous invocations wait for their turn instead of throttling them", async () => {
    await createFunction(
      cloud,
      "turns",
      "await new Promise((resolve) => setTimeout(resolve, 50)); return 1",
    );

    const results = await Promise.all(Array.from({ length: 12 }, () => invoke("turns")));

    expect(results.map(({ body }) => body)).to.deep.equal(Array(12).fill(1));
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
    const { events } = await cloud.clients.logs.send(
      new FilterLogEventsCommand({ logGroupName: "/aws/lambda/always-fails" }),
    );
    expect(events?.filter(({ message }) => message?.includes("attempt"))).to.have.length(3);
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
