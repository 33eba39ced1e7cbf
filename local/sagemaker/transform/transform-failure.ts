import { JobFailure } from "../job-failure.ts";

/** Ends a transform job as Failed. */
export class TransformFailure extends JobFailure {}

/** The algorithm did what it should not: its process ended, it took too long, it answered 5xx. */
export function algorithmFailed(): TransformFailure {
  return new TransformFailure("AlgorithmError: See job logs for more information");
}

/** The job's data or settings are at fault; what exactly is in the log. */
export function clientFailed(): TransformFailure {
  return new TransformFailure("ClientError: See job logs for more information");
}
