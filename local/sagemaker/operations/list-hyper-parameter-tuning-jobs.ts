import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";
import {
  objectiveCounters,
  statusCounters,
  trainingSummaries,
} from "../tuning/training-summary.ts";

export function listHyperParameterTuningJobs(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    const { items, ...page } = listPage(
      sagemaker.tuningJobs.values(),
      { SortBy: "Name", ...request },
      ({ description }) => ({
        name: description.HyperParameterTuningJobName,
        created: description.CreationTime as number,
        modified: description.LastModifiedTime,
        status: description.HyperParameterTuningJobStatus,
      }),
      "Ascending",
    );
    return {
      HyperParameterTuningJobSummaries: items.map((tuning) => {
        const { description } = tuning;
        const summaries = trainingSummaries(sagemaker, tuning);
        return {
          HyperParameterTuningJobName: description.HyperParameterTuningJobName,
          HyperParameterTuningJobArn: description.HyperParameterTuningJobArn,
          HyperParameterTuningJobStatus: description.HyperParameterTuningJobStatus,
          Strategy: description.HyperParameterTuningJobConfig.Strategy,
          CreationTime: description.CreationTime,
          HyperParameterTuningEndTime: description.HyperParameterTuningEndTime,
          LastModifiedTime: description.LastModifiedTime,
          TrainingJobStatusCounters: statusCounters(summaries),
          ObjectiveStatusCounters: objectiveCounters(summaries),
          ResourceLimits: description.HyperParameterTuningJobConfig.ResourceLimits,
        };
      }),
      ...page,
    };
  };
}
