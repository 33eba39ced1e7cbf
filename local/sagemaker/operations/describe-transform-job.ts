import type { DescribeTransformJobRequest } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { transformJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function describeTransformJob(sagemaker: SageMaker): Operation {
  return async (request: DescribeTransformJobRequest) => {
    const { LastModifiedTime: _listed, ...job } = transformJobNamed(
      sagemaker,
      request.TransformJobName as string,
    );
    return job;
  };
}
