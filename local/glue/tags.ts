import { entityNotFound } from "./errors.ts";
import type { Glue } from "./glue.ts";

/**
 * Tags of a job.
 * @throws AwsError EntityNotFoundException when there is no such resource
 */
export function tagsOf(glue: Glue, arn: string): Record<string, string> {
  const kept = glue.tags.get(arn);
  if (!kept) throw entityNotFound(`Resource ${arn} not found.`);
  return kept.tags;
}
