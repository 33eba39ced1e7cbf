import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { S3Client } from "@aws-sdk/client-s3";
import { readEtlReport, sendReport, writeReport } from "../publish-report.ts";
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
  // null when the run did not get that far, or its script writes none
  const etlReport = await readEtlReport(clients.s3, bucket, state.run.title);
  const report = runReport(options, state, etlReport, now);
  await writeReport(clients.s3, bucket, report);
  await sendReport(clients.events, report);
  return { status: report.status, ...(report.error && { error: report.error }) };
}
