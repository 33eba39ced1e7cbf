import type { DescribeEndpointConfigInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { endpointConfigNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function describeEndpointConfig(sagemaker: SageMaker): Operation {
  return async (request: DescribeEndpointConfigInput) =>
    endpointConfigNamed(sagemaker, request.EndpointConfigName as string);
}
