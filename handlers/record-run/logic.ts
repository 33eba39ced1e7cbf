import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { eventDetail } from "./event-detail.ts";
import { type Pipeline, type RunReport, runReport } from "./report.ts";
import type { RunState } from "./run-state.ts";

export interface Clients {
  s3: S3Client;
  events: EventBridgeClient;
}

export interface RecordRunOptions extends Pipeline {
  bucket: string;
}

/** What the state machine ends by. `error` is there unless the run succeeded. */
export type RunEnd = Pick<RunReport, "status"> & { error?: { name: string; cause: string } };

/** EventBridge took the request and not the event. */
export class EventNotSent extends Error {
  override readonly name = "EventNotSent";
}

/**
 * Writes the report of a run and tells the account's event bus. May be called again for the same run: the report is
 * written over, receivers see the event twice, as EventBridge has it anyway.
 */
export async function recordRun(
  clients: Clients,
  options: RecordRunOptions,
  state: RunState,
  now: Date,
): Promise<RunEnd> {
  const { bucket } = options;
  const etlReport = await readEtlReport(clients.s3, bucket, state.run.title);
  const report = runReport(options, state, etlReport, now);
  await clients.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: bucketLayout.report(report.title),
      ContentType: "application/json",
      Body: JSON.stringify(report, undefined, 2),
    }),
  );
  await sendEvent(clients.events, report);
  return { status: report.status, ...(report.error && { error: report.error }) };
}

/** `etl.json`; null when the run did not get that far, or its script writes none. */
async function readEtlReport(s3: S3Client, bucket: string, title: string): Promise<unknown> {
  try {
    const object = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: bucketLayout.etlReport(title) }),
    );
    return JSON.parse((await object.Body?.transformToString()) ?? "null");
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return null;
    throw error;
  }
}

async function sendEvent(events: EventBridgeClient, report: RunReport) {
  const { Entries: entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: "retraining",
          DetailType: "Retraining Run Finished",
          Detail: eventDetail(report),
          Resources: [report.execution.arn],
        },
      ],
    }),
  );
  const { ErrorCode: code, ErrorMessage: message } = entries[0] ?? {};
  if (code !== undefined) throw new EventNotSent(`${code}: ${message}`);
}
