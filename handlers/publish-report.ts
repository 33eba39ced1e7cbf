import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../components/bucket-layout.ts";
import { eventDetail } from "./record-run/event-detail.ts";
import type { RunReport } from "./record-run/report.ts";

/** EventBridge took the request and not the event. */
export class EventNotSent extends Error {
  override readonly name = "EventNotSent";
}

/** Writes the report over one that is there: the first who reads it after the event finds the same. */
export async function writeReport(
  s3: S3Client,
  bucket: string,
  report: { title: string },
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: bucketLayout.report(report.title),
      ContentType: "application/json",
      Body: JSON.stringify(report, undefined, 2),
    }),
  );
}

/** Tells the account's event bus of a run that ended. */
export function sendReport(events: EventBridgeClient, report: RunReport): Promise<void> {
  return sendEvent(events, "Retraining Run Finished", eventDetail(report), report.execution.arn);
}

/**
 * Tells the account's event bus that an execution has ended.
 *
 * @param detail JSON text
 * @throws EventNotSent
 */
export async function sendEvent(
  events: EventBridgeClient,
  detailType: string,
  detail: string,
  executionArn: string,
): Promise<void> {
  const { Entries: entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: "retraining",
          DetailType: detailType,
          Detail: detail,
          Resources: [executionArn],
        },
      ],
    }),
  );
  const { ErrorCode: code, ErrorMessage: message } = entries[0] ?? {};
  if (code !== undefined) throw new EventNotSent(`${code}: ${message}`);
}

/**
 * What the ETL script reported of itself; null where it wrote nothing. A report that is no JSON, as Python's with a NaN in it, is
 * no reason to leave the run unrecorded: it is said instead.
 */
export async function readEtlReport(s3: S3Client, bucket: string, title: string): Promise<unknown> {
  try {
    return await readJson(s3, bucket, bucketLayout.etlReport(title));
  } catch (error) {
    if (error instanceof SyntaxError) return { unreadable: error.message };
    throw error;
  }
}

/** What is in a JSON object of the bucket; null where there is none. */
export async function readJson(s3: S3Client, bucket: string, key: string): Promise<unknown> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await object.Body?.transformToString()) ?? "null");
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return null;
    throw error;
  }
}
