import type {
  HyperParameterTrainingJobSummary,
  ObjectiveStatusCounters,
  TrainingJobStatusCounters,
} from "@aws-sdk/client-sagemaker";
import type { Wire } from "../../cloud/wire.ts";
import type { SageMaker, TrainingJobRecord, TuningJobRecord } from "../sagemaker.ts";
import type { Hyperparameters } from "./parameter-space.ts";

export type TrainingSummary = Wire<HyperParameterTrainingJobSummary>;

/** Training jobs of a tuning job, oldest first, as they are now. */
export function trainingSummaries(
  { trainingJobs }: Pick<SageMaker, "trainingJobs">,
  tuning: TuningJobRecord,
): TrainingSummary[] {
  return tuning.trainings.flatMap(({ name, tuned }) => {
    const job = trainingJobs.get(name);
    return job ? [summaryOf(tuning, job, tuned)] : [];
  });
}

function summaryOf(
  { description }: TuningJobRecord,
  job: TrainingJobRecord,
  tuned: Hyperparameters,
): TrainingSummary {
  const objective = description.HyperParameterTuningJobConfig?.HyperParameterTuningJobObjective;
  const ended = !isGoing(job.TrainingJobStatus);
  const metric =
    ended && job.TrainingJobStatus !== "Failed"
      ? job.FinalMetricDataList?.find(({ MetricName: name }) => name === objective?.MetricName)
      : undefined;
  const definition = description.TrainingJobDefinition?.DefinitionName;
  return {
    ...(definition === undefined ? {} : { TrainingJobDefinitionName: definition }),
    TrainingJobName: job.TrainingJobName,
    TrainingJobArn: job.TrainingJobArn,
    CreationTime: job.CreationTime,
    ...(job.TrainingStartTime ? { TrainingStartTime: job.TrainingStartTime } : {}),
    ...(job.TrainingEndTime ? { TrainingEndTime: job.TrainingEndTime } : {}),
    TrainingJobStatus: job.TrainingJobStatus,
    TunedHyperParameters: { ...tuned },
    ...(job.FailureReason ? { FailureReason: job.FailureReason } : {}),
    ...(metric
      ? {
          FinalHyperParameterTuningJobObjectiveMetric: {
            Type: objective?.Type,
            MetricName: metric.MetricName,
            Value: metric.Value,
          },
        }
      : {}),
    ObjectiveStatus: ended ? (metric ? "Succeeded" : "Failed") : "Pending",
  };
}

/** The value of the objective, turned so that less is better; undefined where there is none. */
export function lossOf(summary: TrainingSummary): number | undefined {
  const metric = summary.FinalHyperParameterTuningJobObjectiveMetric;
  if (metric?.Value === undefined) return undefined;
  return metric.Type === "Maximize" ? -metric.Value : metric.Value;
}

/** The job with the best objective among those that completed; among stopped ones where none did. */
export function bestTraining(summaries: readonly TrainingSummary[]): TrainingSummary | undefined {
  const measured = summaries.filter((summary) => lossOf(summary) !== undefined);
  const completed = measured.filter((summary) => summary.TrainingJobStatus === "Completed");
  return (completed.length > 0 ? completed : measured).reduce<TrainingSummary | undefined>(
    (best, other) =>
      best === undefined || (lossOf(other) as number) < (lossOf(best) as number) ? other : best,
    undefined,
  );
}

export function statusCounters(summaries: readonly TrainingSummary[]): TrainingJobStatusCounters {
  const failed = summaries.filter((summary) => summary.TrainingJobStatus === "Failed");
  const retryable = failed.filter((summary) =>
    summary.FailureReason?.startsWith("InternalServerError"),
  );
  const count = (status: string) =>
    summaries.filter((summary) => summary.TrainingJobStatus === status).length;
  return {
    Completed: count("Completed"),
    InProgress: summaries.filter((summary) => isGoing(summary.TrainingJobStatus)).length,
    RetryableError: retryable.length,
    NonRetryableError: failed.length - retryable.length,
    Stopped: count("Stopped"),
  };
}

export function objectiveCounters(summaries: readonly TrainingSummary[]): ObjectiveStatusCounters {
  const count = (status: string) =>
    summaries.filter((summary) => summary.ObjectiveStatus === status).length;
  return { Succeeded: count("Succeeded"), Pending: count("Pending"), Failed: count("Failed") };
}

function isGoing(status: string | undefined): boolean {
  return status === "InProgress" || status === "Stopping";
}
