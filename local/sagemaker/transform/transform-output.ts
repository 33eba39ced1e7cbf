import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import { pathBelow } from "../s3-objects.ts";
import { parseS3Uri } from "../s3-uri.ts";
import type { TransformJobRecord } from "../sagemaker.ts";
import { TransformFailure } from "./transform-failure.ts";
import type { TransformedObject } from "./transform-objects.ts";

/**
 * Uploads what the model answered to each object that went through it as a whole, as `<key below the input's prefix>.out`.
 * @throws TransformFailure
 */
export async function uploadTransformOutput(
  session: RoleSession,
  job: TransformJobRecord,
  objects: readonly TransformedObject[],
): Promise<void> {
  const { S3OutputPath: output, KmsKeyId: kmsKey } = job.TransformOutput ?? {};
  const { bucket, key: prefix } = parseS3Uri(output as string, "TransformOutput.S3OutputPath");
  const input = parseS3Uri(job.TransformInput?.DataSource?.S3DataSource?.S3Uri as string, "S3Uri");
  const folder = prefix === "" ? "" : `${prefix.replace(/\/+$/, "")}/`;
  try {
    if (kmsKey) await session.authorize([{ action: "kms:GenerateDataKey", resource: kmsKey }]);
    for (const { file, source, failure } of objects) {
      if (failure) continue;
      await session.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${folder}${pathBelow(input.key, source.key)}.out`,
          Body: createReadStream(file),
          ContentLength: (await stat(file)).size,
          ...(kmsKey ? { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKey } : {}),
        }),
      );
    }
  } catch (error) {
    throw new TransformFailure(
      `ClientError: Failed to upload the output to ${output}: ${(error as Error).message}`,
    );
  }
}
