import type { UntagResourceRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import type { Glue } from "../glue.ts";
import { tagsOf } from "../tags.ts";

export function untagResource(glue: Glue): Operation {
  return async (request: UntagResourceRequest) => {
    const arn = request.ResourceArn as string;
    const removed = request.TagsToRemove ?? [];
    const left = Object.entries(tagsOf(glue, arn)).filter(([key]) => !removed.includes(key));
    glue.tags.put(arn, { tags: Object.fromEntries(left) });
    return {};
  };
}
