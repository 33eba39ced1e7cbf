import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";

export function listTransformJobs(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    const { items, ...page } = listPage(
      sagemaker.transformJobs.values(),
      request,
      (job) => ({
        name: job.TransformJobName as string,
        created: job.CreationTime as number,
        modified: job.LastModifiedTime,
        status: job.TransformJobStatus,
      }),
      "Descending",
    );
    return {
      TransformJobSummaries: items.map((job) => ({
        TransformJobName: job.TransformJobName,
        TransformJobArn: job.TransformJobArn,
        CreationTime: job.CreationTime,
        TransformEndTime: job.TransformEndTime,
        LastModifiedTime: job.LastModifiedTime,
        TransformJobStatus: job.TransformJobStatus,
        FailureReason: job.FailureReason,
      })),
      ...page,
    };
  };
}
