import { recordFailed } from "../../components/record-failed.ts";
import type { EndedExecution } from "./ended-event.ts";

/**
 * What is on record of an execution that ended otherwise than by its Succeed state.
 *
 * - `missing`: no report; or a closer wrote it, whose event may not have been sent
 * - `unsent`: the execution wrote its report, but perhaps told nobody: it was cut off, or failed at that
 * - `told`: the execution did both
 *
 * @param report null where there is none
 * @param error the execution's
 */
export function recordOf(
  report: object | null,
  { status }: EndedExecution,
  error: string | null | undefined,
): "missing" | "unsent" | "told" {
  if (report === null || "closed" in report) return "missing";
  return status === "FAILED" && error !== recordFailed ? "told" : "unsent";
}
