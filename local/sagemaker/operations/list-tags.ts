import type { ListTagsInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import type { SageMaker } from "../sagemaker.ts";
import { tagsOf } from "../tags.ts";

export function listTags(sagemaker: SageMaker): Operation {
  // A resource has at most 50 tags and a page at least 50: there is never a second page.
  return async (request: ListTagsInput) => ({
    Tags: tagsOf(sagemaker, request.ResourceArn as string),
  });
}
