import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { sendEvent } from "../publish-report.ts";
import type { ComparisonReport } from "./report.ts";

/** EventBridge takes 256 KB an entry, its other fields included. */
const maxBytes = 250_000;

/** Tells the account's event bus of a comparison that ended: what receivers decide by; all else is in the report. */
export function sendComparison(events: EventBridgeClient, report: ComparisonReport): Promise<void> {
  return sendEvent(events, "Comparison Finished", eventDetail(report), report.execution.arn);
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
