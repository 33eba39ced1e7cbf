import type { CaughtError, EtlState, TrainingState } from "./run-state.ts";

/** The description of a job that failed, as `.sync` puts it into the cause; undefined where the cause is none. */
export function failedJob(caught: CaughtError | undefined): Record<string, unknown> | undefined {
  try {
    const job: unknown = JSON.parse(caught?.Cause ?? "");
    return typeof job === "object" && job !== null ? (job as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // plain text, which failureCause passes on
  }
}

/** What Glue writes before the error of a script. */
const gluePrefix = /^Error Category: \w+; (Failed Line Number: \d+; )?/;

/** Why a task failed, for people: the service's or the function's own sentence, out of the JSON around it. */
export function failureCause({ Error: error, Cause: cause = "" }: CaughtError): string {
  const job = failedJob({ Error: error, Cause: cause });
  const sentence = job?.["FailureReason"] ?? glueError(job) ?? job?.["errorMessage"];
  const tuning = job?.["HyperParameterTuningJobName"];
  const which = typeof tuning === "string" ? `tuning job ${tuning}` : undefined;
  if (typeof sentence === "string" && sentence !== "") {
    return which === undefined ? sentence : `${which}: ${sentence}`;
  }
  const status =
    job?.["TrainingJobStatus"] ?? job?.["JobRunState"] ?? job?.["HyperParameterTuningJobStatus"];
  if (typeof status === "string") {
    return `${which ?? "the job"} ended as ${status}, with no reason given`;
  }
  if (error === "States.Timeout") return cause === "" ? "timed out" : `timed out: ${cause}`;
  return cause === "" ? error : `${error}: ${cause}`;
}

/** The script's own error. */
function glueError(job: Record<string, unknown> | undefined): unknown {
  const message = job?.["ErrorMessage"];
  return typeof message === "string" ? message.replace(gluePrefix, "") : message;
}

/** The Glue run that failed. */
export function failedEtl(caught: CaughtError | undefined): EtlState | null {
  const job = failedJob(caught);
  if (typeof job?.["JobName"] !== "string" || typeof job["Id"] !== "string") return null;
  return {
    jobName: job["JobName"],
    runId: job["Id"],
    ...(isTimestamp(job["StartedOn"]) && { startedAt: job["StartedOn"] }),
    ...(typeof job["ExecutionTime"] === "number" && { seconds: job["ExecutionTime"] }),
  };
}

/** The training job that failed. */
export function failedTraining(caught: CaughtError | undefined): TrainingState | null {
  const job = failedJob(caught) as FailedTrainingJob | undefined;
  if (typeof job?.TrainingJobName !== "string") return null;
  const metrics = (job.FinalMetricDataList ?? []).map(
    ({ MetricName: name, Value: value }) => [name, value] as const,
  );
  return {
    jobName: job.TrainingJobName,
    status: job.TrainingJobStatus ?? "Failed",
    ...(job.AlgorithmSpecification?.TrainingImage !== undefined && {
      image: job.AlgorithmSpecification.TrainingImage,
    }),
    ...(job.TrainingTimeInSeconds !== undefined && { seconds: job.TrainingTimeInSeconds }),
    ...(job.BillableTimeInSeconds !== undefined && { billableSeconds: job.BillableTimeInSeconds }),
    ...(job.HyperParameters !== undefined && { hyperparameters: job.HyperParameters }),
    metrics: Object.fromEntries(metrics),
  };
}

interface FailedTrainingJob {
  TrainingJobName?: string;
  TrainingJobStatus?: string;
  AlgorithmSpecification?: { TrainingImage?: string };
  TrainingTimeInSeconds?: number;
  BillableTimeInSeconds?: number;
  HyperParameters?: Record<string, string>;
  FinalMetricDataList?: { MetricName: string; Value: number }[];
}

function isTimestamp(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
