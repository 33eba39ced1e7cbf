import type { DescribeEndpointInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { endpointNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function describeEndpoint(sagemaker: SageMaker): Operation {
  return async (request: DescribeEndpointInput) =>
    endpointNamed(sagemaker, request.EndpointName as string).description;
}
