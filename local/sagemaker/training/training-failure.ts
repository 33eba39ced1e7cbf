/** SageMaker's limit for FailureReason. */
const MAX_REASON = 1024;

/** Ends a training job as Failed; the message is its FailureReason. */
export class TrainingFailure extends Error {}

/**
 * The FailureReason of an algorithm that ended by itself: what it wrote to its failure file, and its exit code.
 * @param content text of the failure file, "" when it wrote none
 */
export function algorithmError(content: string, exit: string): string {
  const start = "AlgorithmError: ";
  const end = `, exit code: ${exit}`;
  return start + content.slice(0, MAX_REASON - start.length - end.length) + end;
}

/** Any reason, cut to what the API allows. */
export function cutReason(reason: string): string {
  return reason.slice(0, MAX_REASON);
}
