import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { DeleteMessageCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { parseFault } from "../../../local/faults/fault.ts";
import { replaceLauncherFaults } from "../../../local/faults/launcher-faults.ts";
import { run } from "./executions-support.ts";
import { createFunction, createQueue, invokeFunction, receive } from "./functions-support.ts";
import { accountId, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("faults of Lambda, S3 and EventBridge", () => {
  let cloud: TestCloud;
  let queueUrl: string;
  const Bucket = "faults";
  before(async () => {
    cloud = await startTestCloud();
    await createFunction(cloud, "dev-churn-count", "return ++calls.count;");
    queueUrl = await uploadsQueue();
  });
  after(() => cloud.stop());

  const strike = (...faults: string[]) =>
    replaceLauncherFaults(cloud.ministack, faults.map(parseFault));
  const upload = (key: string) =>
    cloud.clients.s3.send(new PutObjectCommand({ Bucket, Key: key, Body: "1" }));
  const failureOf = (call: Promise<unknown>) => call.then(() => "no failure", String);

  /** A queue that gets an event of each object below input/. */
  async function uploadsQueue(): Promise<string> {
    const { s3, sqs, events } = cloud.clients;
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: region },
      }),
    );
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
    );
    const queue = await createQueue(cloud, "faulty-uploads");
    const statement = {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: {
        ArnEquals: { "aws:SourceArn": `arn:aws:events:${region}:${accountId}:rule/faulty-uploads` },
      },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy } }));
    const EventPattern = JSON.stringify({
      source: ["aws.s3"],
      detail: { object: { key: [{ prefix: "input/" }] } },
    });
    await events.send(new PutRuleCommand({ Name: "faulty-uploads", EventPattern }));
    await events.send(
      new PutTargetsCommand({ Rule: "faulty-uploads", Targets: [{ Id: "1", Arn: queue.arn }] }),
    );
    return queue.url;
  }

  /** The key in the next event. */
  async function nextKey(): Promise<string> {
    const { Body = "", ReceiptHandle } = await receive(cloud, queueUrl);
    await cloud.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    return JSON.parse(Body).detail.object.key;
  }

  async function keysAfter(...uploads: string[]): Promise<string[]> {
    for (const key of uploads) await upload(key);
    await upload("input/last");
    const keys: string[] = [];
    do keys.push(await nextKey());
    while (keys.at(-1) !== "input/last");
    return keys;
  }

  it("refuses faults from who does not know the launcher's secret", async () => {
    const { url } = cloud.ministack;

    expect(await failureOf(replaceLauncherFaults({ url, secret: "guessed" }, []))).to.match(
      /took no faults: 403/,
    );
  });

  it("throws in place of the function's code", async () => {
    await strike("function-throws=churn-count@2");
    const first = await invokeFunction(cloud, "dev-churn-count");
    const thrown = await invokeFunction(cloud, "dev-churn-count");
    const next = await invokeFunction(cloud, "dev-churn-count");

    expect(first.FunctionError).to.equal(undefined);
    expect(thrown.FunctionError).to.equal("Unhandled");
    expect(thrown.body.errorType).to.equal("FaultInjected");
    expect(next.body).to.equal(first.body + 1);
    expect(await strike("function-throws=churn-count")).to.deep.equal(["function-throws"]);
    expect(await strike()).to.deep.equal([]);
  });

  it("times out after the function's code has done its work", async () => {
    const before = await invokeFunction(cloud, "dev-churn-count");
    await strike("function-times-out=churn-count");
    const late = await invokeFunction(cloud, "dev-churn-count");
    const next = await invokeFunction(cloud, "dev-churn-count");

    expect(late.body.errorType).to.equal("Sandbox.Timedout");
    expect(late.body.errorMessage).to.match(/Task timed out after 10.00 seconds/);
    expect(next.body).to.equal(before.body + 2);
  });

  it("throttles a caller, and no function of another name", async () => {
    await createFunction(cloud, "dev-churn-other", "return 1;");
    await strike("function-throttled=churn-count");

    expect((await invokeFunction(cloud, "dev-churn-other")).body).to.equal(1);
    expect(await failureOf(invokeFunction(cloud, "dev-churn-count"))).to.match(
      /^TooManyRequestsException/,
    );
    expect((await invokeFunction(cloud, "dev-churn-count")).FunctionError).to.equal(undefined);
  });

  it("lets a state machine catch a throttle by the name that AWS gives it", async () => {
    await strike("function-throttled=churn-count");
    const { error, cause } = await run(cloud, {
      Invoke: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: "dev-churn-count", Payload: {} },
        End: true,
      },
    });

    expect(error).to.equal("Lambda.TooManyRequestsException");
    expect(cause).to.match(/^Rate Exceeded/);
  });

  it("asks for slower requests of objects below a prefix", async () => {
    await upload("slow/a");
    await strike("s3-slow-down=slow/:2");
    const get = (Key: string) => cloud.clients.s3.send(new GetObjectCommand({ Bucket, Key }));

    expect(await failureOf(get("slow/a"))).to.match(/^SlowDown/);
    expect(await failureOf(upload("other"))).to.equal("no failure");
    expect(await failureOf(upload("slow/b"))).to.match(/^SlowDown/);
    expect(await failureOf(get("slow/a"))).to.equal("no failure");
  });

  it("delivers an event twice", async () => {
    await strike("event-twice@2");

    expect(await keysAfter("input/a", "input/b", "input/c")).to.deep.equal([
      "input/a",
      "input/b",
      "input/b",
      "input/c",
      "input/last",
    ]);
  });

  it("delivers an event after as many others as asked for; those of no rule do not count", async () => {
    await strike("event-late=2");

    expect(await keysAfter("input/late", "input/b", "elsewhere", "input/c")).to.deep.equal([
      "input/b",
      "input/c",
      "input/late",
      "input/last",
    ]);
  });

  it("delivers events newest first", async () => {
    await strike("events-out-of-order=3");

    expect(await keysAfter("input/a", "input/b", "input/c")).to.deep.equal([
      "input/c",
      "input/b",
      "input/a",
      "input/last",
    ]);
  });
});
