import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";

export function listEndpointConfigs(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    const { items, ...page } = listPage(
      sagemaker.endpointConfigs.values(),
      request,
      (config) => ({ name: config.EndpointConfigName, created: config.CreationTime }),
      "Descending",
    );
    return {
      EndpointConfigs: items.map(({ EndpointConfigName, EndpointConfigArn, CreationTime }) => ({
        EndpointConfigName,
        EndpointConfigArn,
        CreationTime,
      })),
      ...page,
    };
  };
}
