import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { runTitle } from "../../components/names.ts";
import { copyVersion } from "./snapshot.ts";
import {
  extensionOf,
  MalformedEvent,
  type ObjectCreatedEvent,
  refusalOf,
  type Upload,
  uploadOf,
} from "./upload-event.ts";

export interface Clients {
  s3: S3Client;
  stepFunctions: SFNClient;
}

export interface StartRetrainingOptions {
  /** The pipeline's own bucket: events of another are not for this function. */
  bucket: string;
  stateMachineArn: string;
  /** Ends of the keys that start a run, `.csv`. */
  extensions: readonly string[];
  maxTitleLength: number;
}

/** Input of an execution. */
export interface RunInput extends Upload {
  title: string;
  /** The snapshot that the run reads. */
  inputUri: string;
}

export type StartResult =
  | { outcome: "started" | "already started"; title: string }
  | { outcome: "refused"; title: string; reason: string };

/**
 * Starts the run for an uploaded object, once: its name comes from the object's version, and a run of that name is there
 * but once.
 *
 * What can never be a run is refused, with a record of why. Any other trouble is thrown, for Lambda to retry and then to
 * hand to the dead-letter queue.
 */
export async function startRetraining(
  clients: Clients,
  options: StartRetrainingOptions,
  event: ObjectCreatedEvent,
): Promise<StartResult> {
  const upload = uploadOf(event);
  if (upload.bucket !== options.bucket) {
    throw new MalformedEvent(`${upload.bucket} is not ${options.bucket}, this pipeline's bucket`);
  }
  const title = runTitle(upload, options.maxTitleLength);
  const reason = refusalOf(upload, options.extensions);
  if (reason !== undefined) {
    await recordRefusal(clients.s3, upload, title, reason);
    return { outcome: "refused", title, reason };
  }
  const snapshot = bucketLayout.snapshot(title, extensionOf(upload.key, options.extensions));
  await copyVersion(clients.s3, upload, snapshot);
  const input: RunInput = { ...upload, title, inputUri: `s3://${upload.bucket}/${snapshot}` };
  return { outcome: await startOnce(clients.stepFunctions, options, input), title };
}

async function recordRefusal(s3: S3Client, upload: Upload, title: string, reason: string) {
  await s3.send(
    new PutObjectCommand({
      Bucket: upload.bucket,
      Key: bucketLayout.refusal(title),
      ContentType: "application/json",
      Body: JSON.stringify({ ...upload, reason }, undefined, 2),
    }),
  );
}

async function startOnce(
  stepFunctions: SFNClient,
  { stateMachineArn }: StartRetrainingOptions,
  input: RunInput,
): Promise<"started" | "already started"> {
  try {
    await stepFunctions.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: input.title,
        input: JSON.stringify(input),
      }),
    );
    return "started";
  } catch (error) {
    if (error instanceof Error && error.name === "ExecutionAlreadyExists") return "already started";
    throw error;
  }
}
