import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { CreateLogGroupCommand, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRuleCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type Ministack, startMinistack } from "../../../local/ministack/ministack.ts";
import { createMachine, outputOf } from "./executions-support.ts";
import { createFunction, createQueue } from "./functions-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("ministack's process", () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await startTestCloud();
  });
  afterEach(() => cloud.stop());

  it("listens on the loopback interface alone", async function () {
    if (process.platform !== "linux") this.skip();
    const port = Number(new URL(cloud.ministack.url).port);
    const hex = port.toString(16).toUpperCase().padStart(4, "0");

    const listening = ["/proc/net/tcp", "/proc/net/tcp6"]
      .flatMap((file) => readFileSync(file, "utf8").split("\n"))
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === "0A")
      .map((fields) => fields[1]);

    expect(listening).to.deep.equal([`0100007F:${hex}`]);
  });

  it("ends in order, twice if asked twice, with idle connections open", async () => {
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: "bucket" }));

    await Promise.all([cloud.ministack.stop(), cloud.ministack.stop()]);

    expect(await cloud.ministack.exited).to.deep.equal({ code: 0, signal: null });
  });

  it("says why it did not start", async () => {
    const blocker: Server = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };

    const error = await startMinistack({
      ...cloud.options,
      stateDir: `${cloud.options.stateDir}-2`,
      port,
    }).then(
      () => new Error("started"),
      (error: Error) => error,
    );

    expect(error.message).to.contain("Address already in use").and.contain(cloud.options.logFile);
    blocker.close();
  });

  const ends: Record<string, (ministack: Ministack) => Promise<unknown>> = {
    stopped: (ministack) => ministack.stop(),
    "killed two saves later": async ({ pid, exited }) => {
      await new Promise((resolve) => setTimeout(resolve, 4500));
      process.kill(-pid, "SIGKILL");
      await exited;
    },
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`brings everything back on another port after it was ${how}`, async () => {
      const before = cloud.clients;
      await before.s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
      await before.s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "a b", Body: "text" }));
      await before.iam.send(
        new CreateRoleCommand({ RoleName: "dev-churn-etl", AssumeRolePolicyDocument: "{}" }),
      );
      await before.events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["a"]}' }));
      await before.logs.send(new CreateLogGroupCommand({ logGroupName: "/aws/lambda/f" }));
      await createQueue(cloud, "queue");
      await createFunction(cloud, "f", "return process.env.AWS_ENDPOINT_URL");
      const stateMachineArn = await createMachine(cloud, {
        Invoke: {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke",
          Arguments: { FunctionName: "f" },
          End: true,
        },
      });
      const url = cloud.ministack.url;

      await cloud.restart(end);

      expect(cloud.ministack.url).not.to.equal(url);
      const { s3, iam, events, logs, sqs, lambda, sfn } = cloud.clients;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "a b" }));
      expect(await Body?.transformToString()).to.equal("text");
      await iam.send(new GetRoleCommand({ RoleName: "dev-churn-etl" }));
      await events.send(new DescribeRuleCommand({ Name: "r" }));
      const groups = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/f" }),
      );
      expect(groups.logGroups).to.have.length(1);
      await sqs.send(new GetQueueUrlCommand({ QueueName: "queue" }));
      await lambda.send(new GetFunctionCommand({ FunctionName: "f" }));
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: "f" }));
      expect(JSON.parse(Payload?.transformToString() as string)).to.equal(cloud.ministack.url);
      await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      await outputOf(cloud, { Succeed: { Type: "Succeed" } });
    });
  }

  it("ends when its parent is killed", async () => {
    const module = new URL("../../../local/ministack/ministack.ts", import.meta.url).href;
    const stateDir = `${cloud.options.stateDir}-3`;
    const program = `
      import { startMinistack } from ${JSON.stringify(module)};
      const { url, pid } = await startMinistack(${JSON.stringify({ ...cloud.options, stateDir })});
      console.log(JSON.stringify({ url, pid }));`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    const { pid } = JSON.parse(line) as { pid: number };

    parent.kill("SIGKILL");

    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(`${stateDir}/services`)).to.be.an("array");
  });

  it("leaves no function's process behind when it is stopped", async () => {
    await createFunction(cloud, "f", "return process.pid");
    const { Payload } = await cloud.clients.lambda.send(new InvokeCommand({ FunctionName: "f" }));
    const pid = JSON.parse(Payload?.transformToString() as string) as number;
    expect(isRunning(pid)).to.equal(true);

    await cloud.ministack.stop();

    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
