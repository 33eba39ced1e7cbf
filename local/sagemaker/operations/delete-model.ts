import type { DeleteModelInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { modelNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function deleteModel(sagemaker: SageMaker): Operation {
  return async (request: DeleteModelInput) => {
    const model = modelNamed(sagemaker, request.ModelName as string);
    sagemaker.models.delete(model.ModelName);
    sagemaker.tags.delete(model.ModelArn);
    return {};
  };
}
