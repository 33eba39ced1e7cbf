import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import {
  type Ministack,
  type MinistackOptions,
  startMinistack,
} from "../../../local/ministack/ministack.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { FakeBackend } from "./fake-backend.ts";

export const region = "us-east-2";
export const accountId = "000000000000";
export const root = { accessKeyId: "root", secretAccessKey: "root's secret" };
export const roleArn = `arn:aws:iam::${accountId}:role/test`;

/** A ministack of its own with a backend that the test scripts, and clients for both. */
export interface TestCloud {
  backend: FakeBackend;
  options: MinistackOptions;
  ministack: Ministack;
  clients: ReturnType<typeof makeClients>;
  /** Ends ministack, and starts it again on what it saved. */
  restart(end: (ministack: Ministack) => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestCloud(): Promise<TestCloud> {
  const folder = await mkdtemp(join(tmpdir(), "ministack-test-"));
  const backend = new FakeBackend();
  const options: MinistackOptions = {
    python: await interpreter("cloud"),
    stateDir: join(folder, "state"),
    backendUrl: await backend.start(),
    logFile: join(folder, "ministack.log"),
    region,
    root,
    nodeBinDir: dirname(process.execPath),
    waitScale: 0.02,
  };
  let ministack = await startMinistack(options);
  let clients = makeClients(ministack.url);
  await createTestRole(clients.iam);
  return {
    backend,
    options,
    get ministack() {
      return ministack;
    },
    get clients() {
      return clients;
    },
    restart: async (end) => {
      destroy(clients);
      await end(ministack);
      ministack = await startMinistack(options);
      ministack.resume();
      clients = makeClients(ministack.url);
    },
    stop: async () => {
      destroy(clients);
      await ministack.stop();
      await backend.stop().catch(() => {}); // A test may have stopped it.
      await removeFolder(folder);
    },
  };
}

export function makeClients(endpoint: string) {
  const config = {
    endpoint,
    region,
    credentials: root,
    maxAttempts: 1,
  };
  return {
    cloudWatch: new CloudWatchClient(config),
    events: new EventBridgeClient(config),
    glue: new GlueClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sageMaker: new SageMakerClient(config),
    sageMakerRuntime: new SageMakerRuntimeClient(config),
    sfn: new SFNClient(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
  };
}

/** For whatever a test's function or state machine does: tests of permissions have roles of their own. */
async function createTestRole(iam: IAMClient): Promise<void> {
  const service = ["lambda.amazonaws.com", "states.amazonaws.com"];
  const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  await iam.send(
    new CreateRoleCommand({
      RoleName: "test",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    }),
  );
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "test",
      PolicyName: "everything",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [everything] }),
    }),
  );
}

function destroy(clients: ReturnType<typeof makeClients>): void {
  for (const client of Object.values(clients)) client.destroy();
}
