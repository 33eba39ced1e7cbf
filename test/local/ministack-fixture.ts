import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { CloudContext } from "../../local/cloud/context.ts";
import { FaultPlan } from "../../local/faults/fault-plan.ts";
import { ministackIdentity } from "../../local/ministack/identity.ts";
import { startMinistack } from "../../local/ministack/ministack.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { createExecutionRole } from "../support/execution-role.ts";

export const region = "us-east-2";
export const accountId = "000000000000";
/** Of the role that services may assume. */
export const roleArn = `arn:aws:iam::${accountId}:role/test`;
/** Whose clients tests are. */
export const client = { region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };

/** What a service of the local cloud stands on: S3, Logs and IAM of a ministack, with a bucket and a role. */
export interface MinistackFixture {
  context: CloudContext;
  logs: CloudWatchLogsClient;
  /** What the service said. */
  logLines: string[];
  stop(): Promise<void>;
}

export async function startMinistackFixture(
  bucket: string,
  programs: Pick<CloudContext, "interpreters" | "containerPython">,
): Promise<MinistackFixture> {
  const folder = await mkdtemp(join(tmpdir(), `${bucket}-`));
  const ministack = await startMinistack({
    python: programs.interpreters.cloud,
    stateDir: join(folder, "ministack"),
    backendUrl: "http://127.0.0.1:9",
    logFile: join(folder, "ministack.log"),
    region,
    root: client.credentials,
    nodeBinDir: dirname(process.execPath),
  });
  const place = { ...client, endpoint: ministack.url };
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const logs = new CloudWatchLogsClient(place);
  const logLines: string[] = [];
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await createExecutionRole(place, "test");
  const context: CloudContext = {
    ...programs,
    region,
    accountId,
    stateDir: join(folder, "state"),
    endpointUrl: ministack.url,
    faults: new FaultPlan(),
    s3,
    identity: ministackIdentity(ministack),
    log: (line) => logLines.push(line),
  };
  const stop = async () => {
    s3.destroy();
    logs.destroy();
    await ministack.stop();
    await removeFolder(folder);
  };
  return { context, logs, logLines, stop };
}
