import { arnsIn } from "./names.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

/**
 * Lets training read the channels that config feeds from `s3://` URIs: keys that start so, which is what SageMaker takes
 * for the data of a channel, and nothing else of their buckets.
 *
 * A bucket of another account and a key of KMS have policies of their own, which have to let the role in.
 */
export function channelDataStatements({ place, config }: PipelineContext): Statement[] {
  const arns = arnsIn(place);
  const prefixes = new Map<string, string[]>();
  for (const source of Object.values(config.training.channels)) {
    const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.+)$/.exec(source) ?? [];
    if (bucket === undefined || prefix === undefined) continue; // the script's own
    prefixes.set(bucket, [...new Set([...(prefixes.get(bucket) ?? []), `${prefix}*`])]);
  }
  return [...prefixes].flatMap(([bucket, keys]) => [
    allow(
      ["s3:GetObject"],
      keys.map((key) => arns.object(bucket, key)),
    ),
    allow(["s3:ListBucket"], [arns.bucket(bucket)], { StringLike: { "s3:prefix": keys } }),
  ]);
}
