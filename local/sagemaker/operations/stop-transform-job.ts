import type { StopTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { transformJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function stopTransformJob(sagemaker: SageMaker): Operation {
  return async (request: StopTransformJobRequest) => {
    const job = transformJobNamed(sagemaker, request.TransformJobName as string);
    if (job.TransformJobStatus !== "InProgress" && job.TransformJobStatus !== "Stopping") {
      throw new AwsError(
        "ValidationException",
        `The request was rejected because the transform job is in status ${job.TransformJobStatus}.`,
      );
    }
    sagemaker.transform.stop(job.TransformJobName as string);
    return {};
  };
}
