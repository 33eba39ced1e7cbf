import type { Operation } from "../../cloud/service.ts";
import { type ListRequest, listPage } from "../listing.ts";
import type { SageMaker } from "../sagemaker.ts";

export function listModels(sagemaker: SageMaker): Operation {
  return async (request: ListRequest) => {
    const { items, ...page } = listPage(
      sagemaker.models.values(),
      request,
      (model) => ({ name: model.ModelName, created: model.CreationTime }),
      "Descending",
    );
    return {
      Models: items.map(({ ModelName, ModelArn, CreationTime }) => ({
        ModelName,
        ModelArn,
        CreationTime,
      })),
      ...page,
    };
  };
}
