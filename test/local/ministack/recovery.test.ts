import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AddPermissionCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { Ministack } from "../../../local/ministack/ministack.ts";
import { eventually } from "../../support/eventually.ts";
import { createMachine, ended, historyOf, start } from "./executions-support.ts";
import { createFunction, createQueue, receive } from "./functions-support.ts";
import { etl, runEtl, train, trainModel } from "./jobs-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("ministack, killed in the middle and started again", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  beforeEach(() => cloud.backend.reset());
  after(() => cloud.stop());

  const restart = () =>
    cloud.restart(async ({ pid, exited }: Ministack) => {
      process.kill(-pid, "SIGKILL");
      await exited;
    });
  const typesOf = async (arn: string) => (await historyOf(cloud, arn)).map(({ type }) => type);
  const reached = (arn: string, type: string) =>
    eventually(async () => ((await typesOf(arn)).includes(type as never) ? true : undefined));
  /** A queue, and a function that sends it what it returned or failed with. */
  const functionAndQueue = async (name: string, body: string) => {
    const queue = await createQueue(cloud, `${name}-done`);
    const arn = await createFunction(cloud, name, body);
    await cloud.clients.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: name,
        DestinationConfig: { OnSuccess: { Destination: queue.arn } },
      }),
    );
    return { arn, queue };
  };
  const payloadOf = async (queueUrl: string) =>
    JSON.parse((await receive(cloud, queueUrl)).Body as string).requestPayload;

  it("goes on in the state that an execution was in, with its variables", async () => {
    const machine = await createMachine(cloud, {
      Assign: { Type: "Pass", Assign: { seen: "{% $states.input.a %}" }, Next: "Wait" },
      Wait: { Type: "Wait", Seconds: 20, Next: "Add" },
      Add: { Type: "Pass", Output: { sum: "{% $seen + 1 %}" }, End: true },
    });
    const arn = await start(cloud, machine, { a: 41 });
    await reached(arn, "WaitStateEntered");

    await restart();

    const execution = await ended(cloud, arn);
    expect(execution.status).to.equal("SUCCEEDED");
    expect(JSON.parse(execution.output as string)).to.deep.equal({ sum: 42 });
    expect(await typesOf(arn)).to.deep.equal([
      "ExecutionStarted",
      "PassStateEntered",
      "PassStateExited",
      "WaitStateEntered",
      "WaitStateExited",
      "PassStateEntered",
      "PassStateExited",
      "ExecutionSucceeded",
    ]);
  });

  it("goes on with the state machine as it was at the start", async () => {
    const states = (result: string) => ({
      Wait: { Type: "Wait", Seconds: 20, Next: "Answer" },
      Answer: { Type: "Pass", Output: result, End: true },
    });
    const stateMachineArn = await createMachine(cloud, states("old"));
    const arn = await start(cloud, stateMachineArn);
    await reached(arn, "WaitStateEntered");
    const definition = { QueryLanguage: "JSONata", StartAt: "Answer", States: states("new") };
    await cloud.clients.sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: JSON.stringify(definition) }),
    );

    await restart();

    expect((await ended(cloud, arn)).output).to.equal('"old"');
  });

  it("waits on for the training job that was submitted, and submits no other", async () => {
    train(cloud, "InProgress");
    const arn = await start(cloud, await createMachine(cloud, { Train: trainModel }), {
      name: "job",
    });
    await reached(arn, "TaskSubmitted");

    await restart();
    train(cloud, "Completed");

    expect((await ended(cloud, arn)).status).to.equal("SUCCEEDED");
    expect(cloud.backend.bodies("SageMaker.CreateTrainingJob")).to.have.length(1);
  });

  it("finds the Glue run that was started in the moment of the end", async () => {
    etl(cloud, "RUNNING");
    const answering = Promise.withResolvers<void>();
    cloud.backend.answer("AWSGlue.StartJobRun", () => {
      answering.resolve();
      return new Promise<object>(() => {}); // The answer comes to nobody.
    });
    const arn = await start(cloud, await createMachine(cloud, { Etl: runEtl }));
    await answering.promise;
    etl(cloud, "SUCCEEDED");
    cloud.backend.answer("AWSGlue.GetJobRuns", () => ({
      JobRuns: [
        { Id: "jr_0", Arguments: { "--S3_INPUT_FILE": "s3://b/other.csv" } },
        { Id: "jr_1", Arguments: runEtl.Arguments.Arguments },
      ],
    }));

    await restart();

    expect((await ended(cloud, arn)).status).to.equal("SUCCEEDED");
    expect(cloud.backend.bodies("AWSGlue.StartJobRun")).to.have.length(1);
    expect(cloud.backend.bodies("AWSGlue.GetJobRun")).to.deep.include({
      JobName: "etl",
      RunId: "jr_1",
    });
  });

  it("takes the result of a task that had one", async () => {
    const { arn: functionArn } = await functionAndQueue("counted", "return process.pid");
    const machine = await createMachine(cloud, {
      Count: {
        Type: "Task",
        Resource: functionArn,
        Assign: { pid: "{% $states.result %}" },
        Next: "Wait",
      },
      Wait: { Type: "Wait", Seconds: 20, Next: "Tell" },
      Tell: { Type: "Pass", Output: "{% $pid %}", End: true },
    });
    const arn = await start(cloud, machine);
    await reached(arn, "WaitStateEntered");
    const before = (await historyOf(cloud, arn)).find(({ type }) => type === "TaskSucceeded");

    await restart();

    const { output } = await ended(cloud, arn);
    expect(output).to.equal(before?.taskSucceededEventDetails?.output);
  });

  it("keeps executions that had ended as they ended", async () => {
    const machine = await createMachine(cloud, {
      Fail: { Type: "Fail", Error: "ModelRejected", Cause: "by 0.2" },
    });
    const arn = await start(cloud, machine);
    const before = await ended(cloud, arn);

    await restart();

    const after = await ended(cloud, arn);
    expect({ ...after, $metadata: undefined }).to.deep.equal({ ...before, $metadata: undefined });
    expect(after.error).to.equal("ModelRejected");
    expect(await typesOf(arn)).to.deep.equal([
      "ExecutionStarted",
      "FailStateEntered",
      "ExecutionFailed",
    ]);
  });

  it("carries out an asynchronous invocation that it had accepted", async () => {
    const slow = "await new Promise((resolve) => setTimeout(resolve, 500)); return 1";
    const { queue } = await functionAndQueue("slow", slow);
    await cloud.clients.lambda.send(
      new InvokeCommand({ FunctionName: "slow", InvocationType: "Event", Payload: '{"a":1}' }),
    );

    await restart();

    expect(await payloadOf(queue.url)).to.deep.equal({ a: 1 });
  });

  it("keeps an upload that it had confirmed, and starts what the upload starts", async () => {
    const { arn: functionArn, queue } = await functionAndQueue("on-upload", "return 1");
    const { s3, events, lambda } = cloud.clients;
    await s3.send(new CreateBucketCommand({ Bucket: "uploads" }));
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: "uploads",
        VersioningConfiguration: { Status: "Enabled" },
      }),
    );
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: "uploads",
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    );
    const pattern = { source: ["aws.s3"], detail: { bucket: { name: ["uploads"] } } };
    const { RuleArn } = await events.send(
      new PutRuleCommand({ Name: "uploads", EventPattern: JSON.stringify(pattern) }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: "on-upload",
        StatementId: "events",
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
        SourceArn: RuleArn,
      }),
    );
    await events.send(
      new PutTargetsCommand({ Rule: "uploads", Targets: [{ Id: "1", Arn: functionArn }] }),
    );
    const { VersionId } = await s3.send(
      new PutObjectCommand({ Bucket: "uploads", Key: "a.csv", Body: "1,2" }),
    );

    await restart();

    expect((await payloadOf(queue.url)).detail.object).to.include({
      key: "a.csv",
      "version-id": VersionId,
    });
    const { Body } = await cloud.clients.s3.send(
      new GetObjectCommand({ Bucket: "uploads", Key: "a.csv", VersionId }),
    );
    expect(await Body?.transformToString()).to.equal("1,2");
  });

  it("keeps a message that a queue had taken", async () => {
    const queue = await createQueue(cloud, "messages");
    await cloud.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: queue.url, MessageBody: "kept" }),
    );

    await restart();

    expect((await receive(cloud, queue.url)).Body).to.equal("kept");
  });

  it("knows a queue by its name, and by the URL that it had", async () => {
    const before = await createQueue(cloud, "again");
    await cloud.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: before.url, MessageBody: "kept" }),
    );

    await restart();

    const after = await createQueue(cloud, "again");
    expect(new URL(after.url).port).to.equal(new URL(cloud.ministack.url).port);
    expect((await receive(cloud, after.url)).Body).to.equal("kept");
    const { Attributes } = await cloud.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: before.url, AttributeNames: ["QueueArn"] }),
    );
    expect(Attributes?.["QueueArn"]).to.equal(before.arn);
  });
});
