import type { StopTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { trainingJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function stopTrainingJob(sagemaker: SageMaker): Operation {
  return async (request: StopTrainingJobRequest) => {
    const job = trainingJobNamed(sagemaker, request.TrainingJobName as string);
    if (job.TrainingJobStatus !== "InProgress" && job.TrainingJobStatus !== "Stopping") {
      throw new AwsError(
        "ValidationException",
        `The request was rejected because the training job is in status ${job.TrainingJobStatus}.`,
      );
    }
    sagemaker.training.stop(job.TrainingJobName as string);
    return {};
  };
}
