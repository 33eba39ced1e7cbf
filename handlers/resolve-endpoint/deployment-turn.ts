import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";

/** Another run of this pipeline deploys. `name` is what the state machine's Retry matches. */
export class DeploymentUnderWay extends Error {
  override readonly name = "DeploymentUnderWay";
}

/**
 * Makes run `title` the one that deploys, or throws.
 *
 * SageMaker's calls take no condition: a run that looked at the endpoint, then waited for a quota, would overwrite what a
 * newer one has deployed since. So one run at a time looks and changes, from here to its end. An object that S3 writes
 * only if nobody else has since says which. It needs no release: a run that has ended, however it ended, holds no turn.
 *
 * @throws DeploymentUnderWay while the run that has the turn is in progress
 */
export async function takeTurn(
  s3: S3Client,
  bucket: string,
  title: string,
  isRunning: (title: string) => Promise<boolean>,
): Promise<void> {
  const turn = { Bucket: bucket, Key: bucketLayout.deployingRun };
  if (await writeIf({ IfNoneMatch: "*" })) return;
  const { ETag: etag, Body: body } = await s3.send(new GetObjectCommand(turn));
  const holder = JSON.parse((await body?.transformToString()) ?? "{}") as { title: string };
  if (holder.title === title) return; // asked again, after the endpoint was busy or an answer was lost
  if (await isRunning(holder.title)) {
    throw new DeploymentUnderWay(`run ${holder.title} is deploying: this one waits for its end`);
  }
  if (await writeIf({ IfMatch: etag })) return;
  throw new DeploymentUnderWay("another run began to deploy at this moment: this one waits");

  async function writeIf(condition: { IfMatch?: string | undefined; IfNoneMatch?: string }) {
    const Body = JSON.stringify({ title });
    try {
      await s3.send(
        new PutObjectCommand({ ...turn, ...condition, ContentType: "application/json", Body }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && refusals.includes(error.name)) return false;
      throw error;
    }
  }
}

/** A condition that does not hold, and two conditional writes at one moment. */
const refusals = ["PreconditionFailed", "ConditionalRequestConflict"];
