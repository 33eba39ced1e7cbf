import type { TagResourceRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import type { Glue } from "../glue.ts";
import { tagsOf } from "../tags.ts";

export function tagResource(glue: Glue): Operation {
  return async (request: TagResourceRequest) => {
    const arn = request.ResourceArn as string;
    glue.tags.put(arn, { tags: { ...tagsOf(glue, arn), ...request.TagsToAdd } });
    return {};
  };
}
