import type { ListTrainingJobsForHyperParameterTuningJobRequest } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import { tuningJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { type TrainingSummary, trainingSummaries } from "../tuning/training-summary.ts";

export function listTrainingJobsForHyperParameterTuningJob(sagemaker: SageMaker): Operation {
  return async (request: ListTrainingJobsForHyperParameterTuningJobRequest) => {
    const { SortBy: by = "Name", ...rest } = request;
    const tuning = tuningJobNamed(sagemaker, request.HyperParameterTuningJobName as string);
    const summaries = trainingSummaries(sagemaker, tuning);
    const byObjective = by === "FinalObjectiveMetricValue";
    const { items, ...page } = listPage(
      byObjective ? summaries.filter((summary) => objectiveOf(summary) !== undefined) : summaries,
      { ...(rest as ListRequest), SortBy: byObjective ? "CreationTime" : by },
      (summary) => ({
        name: summary.TrainingJobName as string,
        created: (byObjective ? objectiveOf(summary) : summary.CreationTime) as number,
        status: summary.TrainingJobStatus,
      }),
      "Ascending",
    );
    return { TrainingJobSummaries: items, ...page };
  };
}

function objectiveOf(summary: TrainingSummary): number | undefined {
  return summary.FinalHyperParameterTuningJobObjectiveMetric?.Value;
}
