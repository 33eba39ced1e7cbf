import { createHash } from "node:crypto";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import { parseS3Uri } from "../s3-uri.ts";
import type { TrainingJobRecord } from "../sagemaker.ts";
import { filesBelow, packFolder } from "../tar.ts";
import { TrainingFailure } from "./training-failure.ts";

/** Uploads what the container left: the model as model.tar.gz, anything in output/data as output.tar.gz. */
export async function uploadOutput(
  session: RoleSession,
  job: TrainingJobRecord,
  base: string,
): Promise<void> {
  const model = job.ModelArtifacts?.S3ModelArtifacts as string;
  try {
    await uploadFolder(session, job, join(base, "model"), model);
    const output = model.replace(/model\.tar\.gz$/, "output.tar.gz");
    await uploadFolder(session, job, join(base, "output", "data"), output);
  } catch (error) {
    throw new TrainingFailure(
      `ClientError: Artifact upload failed:${(error as Error).message || String(error)}`,
    );
  }
}

async function uploadFolder(
  session: RoleSession,
  job: TrainingJobRecord,
  folder: string,
  uri: string,
): Promise<void> {
  if ((await filesBelow(folder)).length === 0) return;
  const archive = await packFolder(folder);
  const { bucket, key } = parseS3Uri(uri, "OutputDataConfig.S3OutputPath");
  const kmsKey = job.OutputDataConfig?.KmsKeyId;
  if (kmsKey) await session.authorize([{ action: "kms:GenerateDataKey", resource: kmsKey }]);
  await session.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: archive,
      ChecksumSHA256: createHash("sha256").update(archive).digest("base64"),
      ...(kmsKey ? { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKey } : {}),
    }),
  );
}
