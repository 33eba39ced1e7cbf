import type { CloudContext } from "../cloud/context.ts";

/** SageMaker's limit for FailureReason. */
export const maxReasonLength = 1024;

/** FailureReason of a job that was in progress when the local cloud ended. */
export const interruptedReason =
  "InternalServerError: We encountered an internal error. Please try again. (The local cloud ended while the job was in progress.)";

/** Ends a job as Failed; the message is its FailureReason. */
export class JobFailure extends Error {}

/**
 * FailureReason of a job that `error` ended. Of what is no {@link JobFailure} the log says all.
 *
 * @param job `training job x`
 */
export function failureReason(
  context: Pick<CloudContext, "log">,
  job: string,
  error: Error,
): string {
  const isKnown = error instanceof JobFailure;
  context.log(`${job} failed: ${isKnown ? error.message : error.stack}`);
  const reason = isKnown ? error.message : `InternalServerError: ${error.message}`;
  return reason.slice(0, maxReasonLength);
}
