import type { AddTagsInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import type { SageMaker } from "../sagemaker.ts";
import { putTags, tagsOf } from "../tags.ts";

export function addTags(sagemaker: SageMaker): Operation {
  return async (request: AddTagsInput) => {
    const arn = request.ResourceArn as string;
    putTags(sagemaker, arn, [...tagsOf(sagemaker, arn), ...(request.Tags ?? [])]);
    return { Tags: tagsOf(sagemaker, arn) };
  };
}
