import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { executionArnOf } from "../../components/execution-arn.ts";
import { runTitle } from "../../components/names.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";

/** An object that was uploaded, and the run that it is to start. */
export interface Upload {
  key: string;
  versionId: string;
  title: string;
  /** The execution is there once the trigger has started it. */
  executionArn: string;
}

/**
 * Uploads an input of a pipeline, or of a comparison.
 *
 * @param key below `input/`
 * @param maxTitleLength `maxComparisonTitleLength` for a comparison. @default a pipeline's
 */
export async function putInput(
  s3: S3Client,
  { bucket, stateMachineArn }: Pick<PipelineOutputs, "bucket" | "stateMachineArn">,
  key: string,
  body: string | Uint8Array,
  maxTitleLength?: number,
): Promise<Upload> {
  const { VersionId: versionId = "" } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }),
  );
  const title = runTitle({ bucket, key, versionId }, maxTitleLength);
  return { key, versionId, title, executionArn: executionArnOf(stateMachineArn, title) };
}
