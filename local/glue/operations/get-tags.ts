import type { GetTagsRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import type { Glue } from "../glue.ts";
import { tagsOf } from "../tags.ts";

export function getTags(glue: Glue): Operation {
  return async (request: GetTagsRequest) => ({ Tags: tagsOf(glue, request.ResourceArn as string) });
}
