import { join } from "node:path";
import type { Channel, CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { forEachConcurrently } from "../../../handlers/for-each-concurrently.ts";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import { AwsError } from "../../cloud/aws-error.ts";
import { download, keysBelow, pathBelow } from "../s3-objects.ts";
import { parseS3Uri, type S3Location } from "../s3-uri.ts";
import { TrainingFailure } from "./training-failure.ts";

/** Objects of a channel that are downloaded at the same time. */
const CONCURRENCY = 8;

/**
 * SageMaker looks at every channel's prefix before it accepts a job.
 * @throws AwsError when there is nothing below one of them
 */
export async function checkInputExists(
  session: RoleSession,
  region: string,
  request: CreateTrainingJobRequest,
): Promise<void> {
  for (const channel of request.InputDataConfig ?? []) {
    const uri = uriOf(channel);
    const location = parseS3Uri(uri, channel.ChannelName as string);
    if (await hasObjects(session, location)) continue;
    const { bucket } = location;
    throw new AwsError(
      "ValidationException",
      `No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (${region}), that objects exist under that S3 prefix, and that the role "${request.RoleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    );
  }
}

/** Brings the channels' objects to `<folder>/<channel>/`. */
export async function downloadChannels(
  session: RoleSession,
  channels: readonly Channel[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  for (const channel of channels) {
    const target = join(folder, channel.ChannelName as string);
    try {
      await downloadChannel(session, parseS3Uri(uriOf(channel), "S3Uri"), target, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new TrainingFailure(`ClientError: Data download failed:${(error as Error).message}`);
    }
  }
}

async function downloadChannel(
  session: RoleSession,
  location: S3Location,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const keys: string[] = [];
  for await (const key of keysBelow(session.s3, location)) keys.push(key);
  if (keys.length === 0) {
    throw new Error(`No objects found under S3 prefix s3://${location.bucket}/${location.key}`);
  }
  await forEachConcurrently(CONCURRENCY, keys, async (key) => {
    const file = join(folder, pathBelow(location.key, key));
    if (!file.startsWith(`${folder}/`)) throw new Error(`S3 key ${key} leaves the channel`);
    await download(session.s3, { bucket: location.bucket, key }, file, signal);
  });
}

/** Whether there are any that the role can see. */
async function hasObjects(session: RoleSession, location: S3Location): Promise<boolean> {
  try {
    for await (const _key of keysBelow(session.s3, location)) return true;
    return false;
  } catch (error) {
    if (["NoSuchBucket", "AccessDenied"].includes((error as Error).name)) return false;
    throw error;
  }
}

function uriOf(channel: Channel): string {
  return channel.DataSource?.S3DataSource?.S3Uri as string;
}
