import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";

export function listEndpoints(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    const { items, ...page } = listPage(
      sagemaker.endpoints.values(),
      request,
      ({ description }) => ({
        name: description.EndpointName,
        created: description.CreationTime as number,
        modified: description.LastModifiedTime,
        status: description.EndpointStatus,
      }),
      "Descending",
    );
    return {
      Endpoints: items.map(({ description }) => ({
        EndpointName: description.EndpointName,
        EndpointArn: description.EndpointArn,
        CreationTime: description.CreationTime,
        LastModifiedTime: description.LastModifiedTime,
        EndpointStatus: description.EndpointStatus,
      })),
      ...page,
    };
  };
}
