import type { DeleteEndpointInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { refuseInProgress } from "../hosting/refuse-in-progress.ts";
import { endpointNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function deleteEndpoint(sagemaker: SageMaker): Operation {
  return async (request: DeleteEndpointInput) => {
    const name = request.EndpointName as string;
    const { description } = endpointNamed(sagemaker, name);
    refuseInProgress(description);
    sagemaker.hosting.delete(name, () => {
      sagemaker.endpoints.delete(name);
      sagemaker.tags.delete(description.EndpointArn);
    });
    return {};
  };
}
