import { JobFailure, maxReasonLength } from "../job-failure.ts";

/** Ends a training job as Failed. */
export class TrainingFailure extends JobFailure {}

/**
 * The FailureReason of an algorithm that ended by itself: what it wrote to its failure file, and its exit code.
 * @param content text of the failure file, "" when it wrote none
 */
export function algorithmError(content: string, exit: string): string {
  const start = "AlgorithmError: ";
  const end = `, exit code: ${exit}`;
  return start + content.slice(0, maxReasonLength - start.length - end.length) + end;
}
