import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";
import { refuseUnsupported } from "../supported-members.ts";

const supported = {
  NextToken: true,
  MaxResults: true,
  CreationTimeAfter: true,
  CreationTimeBefore: true,
  LastModifiedTimeAfter: true,
  LastModifiedTimeBefore: true,
  NameContains: true,
  StatusEquals: true,
  SortBy: true,
  SortOrder: true,
} as const;

export function listTrainingJobs(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    refuseUnsupported(request, supported);
    const { items, ...page } = listPage(
      sagemaker.trainingJobs.values(),
      request,
      (job) => ({
        name: job.TrainingJobName as string,
        created: job.CreationTime as number,
        modified: job.LastModifiedTime,
        status: job.TrainingJobStatus,
      }),
      "Ascending",
    );
    return {
      TrainingJobSummaries: items.map((job) => ({
        TrainingJobName: job.TrainingJobName,
        TrainingJobArn: job.TrainingJobArn,
        CreationTime: job.CreationTime,
        TrainingEndTime: job.TrainingEndTime,
        LastModifiedTime: job.LastModifiedTime,
        TrainingJobStatus: job.TrainingJobStatus,
        SecondaryStatus: job.SecondaryStatus,
      })),
      ...page,
    };
  };
}
