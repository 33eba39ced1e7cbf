import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import { download, keysBelow, pathBelow } from "../s3-objects.ts";
import { parseS3Uri } from "../s3-uri.ts";
import type { TrainingJobRecord } from "../sagemaker.ts";
import { filesBelow } from "../tar.ts";
import { TrainingFailure } from "./training-failure.ts";

/** Where SageMaker keeps checkpoints in the container unless the job says otherwise. */
export const CHECKPOINT_PATH = "/opt/ml/checkpoints";

/** Folder of a job's checkpoints below `base`, which stands for /opt/ml. */
export function checkpointFolder(job: TrainingJobRecord, base: string): string {
  const path = job.CheckpointConfig?.LocalPath ?? CHECKPOINT_PATH;
  return join(base, relative("/opt/ml", path));
}

/** Brings checkpoints of an earlier job into the container, if the job has a CheckpointConfig. */
export async function downloadCheckpoints(
  session: RoleSession,
  job: TrainingJobRecord,
  base: string,
  signal: AbortSignal,
): Promise<void> {
  if (!job.CheckpointConfig) return;
  const location = parseS3Uri(job.CheckpointConfig.S3Uri as string, "CheckpointConfig.S3Uri");
  try {
    for await (const key of keysBelow(session.s3, location)) {
      const file = join(checkpointFolder(job, base), pathBelow(location.key, key));
      await download(session.s3, { bucket: location.bucket, key }, file, signal);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new TrainingFailure(
      `ClientError: Checkpoint download failed:${(error as Error).message}`,
    );
  }
}

/** Uploads the checkpoints that the container left. SageMaker does so all along, here it is done at the end. */
export async function uploadCheckpoints(
  session: RoleSession,
  job: TrainingJobRecord,
  base: string,
): Promise<void> {
  if (!job.CheckpointConfig) return;
  const { bucket, key } = parseS3Uri(
    job.CheckpointConfig.S3Uri as string,
    "CheckpointConfig.S3Uri",
  );
  const prefix = key === "" ? "" : `${key.replace(/\/+$/, "")}/`;
  const folder = checkpointFolder(job, base);
  try {
    for (const path of await filesBelow(folder)) {
      const file = join(folder, path);
      await session.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: prefix + path,
          Body: createReadStream(file),
          ContentLength: (await stat(file)).size,
        }),
      );
    }
  } catch (error) {
    throw new TrainingFailure(`ClientError: Checkpoint upload failed:${(error as Error).message}`);
  }
}
