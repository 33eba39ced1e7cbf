import type { Tag } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../cloud/aws-error.ts";
import type { SageMaker } from "./sagemaker.ts";

/** AWS's limit for one resource. */
const MAX_TAGS = 50;

/**
 * Tags of a resource.
 * @throws AwsError when there is no such resource
 */
export function tagsOf(sagemaker: SageMaker, arn: string): Tag[] {
  const kept = sagemaker.tags.get(arn);
  if (!kept) throw new AwsError("ValidationException", `Could not find resource "${arn}".`);
  return kept.tags;
}

/** Replaces a resource's tags; of tags with the same key the last one stays. */
export function putTags(sagemaker: SageMaker, arn: string, tags: readonly Tag[]): void {
  const byKey = new Map(tags.map((tag) => [tag.Key, tag]));
  if (byKey.size > MAX_TAGS) {
    throw new AwsError(
      "ResourceLimitExceeded",
      `A resource can have at most ${MAX_TAGS} tags, "${arn}" would have ${byKey.size}.`,
    );
  }
  sagemaker.tags.put(arn, { tags: [...byKey.values()] });
}
