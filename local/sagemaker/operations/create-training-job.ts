import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import type { SageMaker } from "../sagemaker.ts";
import { startTrainingJob } from "../training/start-training-job.ts";

export function createTrainingJob(sagemaker: SageMaker): Operation {
  return async (request: CreateTrainingJobRequest) => ({
    TrainingJobArn: await startTrainingJob(sagemaker, request),
  });
}
