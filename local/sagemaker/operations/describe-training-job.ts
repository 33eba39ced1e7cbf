import type { DescribeTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { trainingJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function describeTrainingJob(sagemaker: SageMaker): Operation {
  return async (request: DescribeTrainingJobRequest) =>
    trainingJobNamed(sagemaker, request.TrainingJobName as string);
}
