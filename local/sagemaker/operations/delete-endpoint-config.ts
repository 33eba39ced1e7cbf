import type { DeleteEndpointConfigInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { endpointConfigNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function deleteEndpointConfig(sagemaker: SageMaker): Operation {
  return async (request: DeleteEndpointConfigInput) => {
    const config = endpointConfigNamed(sagemaker, request.EndpointConfigName as string);
    sagemaker.endpointConfigs.delete(config.EndpointConfigName);
    sagemaker.tags.delete(config.EndpointConfigArn);
    return {};
  };
}
