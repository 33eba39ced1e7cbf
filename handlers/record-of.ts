import { recordFailed } from "../components/record-failed.ts";
import type { EndedExecution } from "./close-run/ended-event.ts";

/** What is on record of an execution that ended otherwise than by its Succeed state. */
export type ExecutionRecord<Report> =
  /** No report, or a closer's own, whose event may not have been sent. */
  | { kind: "ours to write" }
  /** The execution wrote its report, but perhaps told nobody: it was cut off, or failed at that. */
  | { kind: "to be sent again"; report: Report }
  /** The execution wrote its report and told of it. */
  | { kind: "complete"; report: Report };

/**
 * @param report null where there is none
 * @param error the execution's
 */
export function recordOf<Report extends object>(
  report: Report | null,
  { status }: EndedExecution,
  error: string | null | undefined,
): ExecutionRecord<Report> {
  if (report === null || "closed" in report) return { kind: "ours to write" };
  const isComplete = status === "FAILED" && error !== recordFailed;
  return { kind: isComplete ? "complete" : "to be sent again", report };
}
