import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { EventNotSent } from "../record-run/publish-report.ts";
import type { ComparisonReport } from "./report.ts";

/** EventBridge takes 256 KB an entry, its other fields included. */
const maxBytes = 250_000;

/** Tells the account's event bus of a comparison that ended: what receivers decide by; all else is in the report. */
export async function sendComparison(
  events: EventBridgeClient,
  report: ComparisonReport,
): Promise<void> {
  const { Entries: entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: "retraining",
          DetailType: "Comparison Finished",
          Detail: eventDetail(report),
          Resources: [report.execution.arn],
        },
      ],
    }),
  );
  const { ErrorCode: code, ErrorMessage: message } = entries[0] ?? {};
  if (code !== undefined) throw new EventNotSent(`${code}: ${message}`);
}

function eventDetail(report: ComparisonReport): string {
  const {
    title,
    comparison,
    stack,
    status,
    error,
    outcome,
    winner,
    reason,
    input,
    execution,
    verdict,
  } = report;
  const detail = { title, comparison, stack, status, outcome, winner, reason, input, execution };
  const cause = error && { error: { ...error, cause: error.cause.slice(0, 4000) } };
  const whole = JSON.stringify({ ...detail, ...cause, verdict, promotion: report.promotion });
  return Buffer.byteLength(whole) <= maxBytes ? whole : JSON.stringify({ ...detail, ...cause });
}
