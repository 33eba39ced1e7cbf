import type { DeleteTagsInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import type { SageMaker } from "../sagemaker.ts";
import { putTags, tagsOf } from "../tags.ts";

export function deleteTags(sagemaker: SageMaker): Operation {
  return async (request: DeleteTagsInput) => {
    const arn = request.ResourceArn as string;
    const left = tagsOf(sagemaker, arn).filter((tag) => !request.TagKeys?.includes(`${tag.Key}`));
    putTags(sagemaker, arn, left);
    return {};
  };
}
