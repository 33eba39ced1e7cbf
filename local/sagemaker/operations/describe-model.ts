import type { DescribeModelInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { modelNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function describeModel(sagemaker: SageMaker): Operation {
  return async (request: DescribeModelInput) => modelNamed(sagemaker, request.ModelName as string);
}
