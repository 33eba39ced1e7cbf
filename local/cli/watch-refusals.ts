import type { S3Client } from "@aws-sdk/client-s3";
import { describeRefusal, listRefusals, readRefusal } from "../../scripts/refusals.ts";
import { type Look, say } from "./watch-runs.ts";

/**
 * Says of each upload that is refused. Those of before are passed over: nothing is left to do about them.
 *
 * @param buckets by name of their pipeline or comparison
 */
export async function watchRefusals(
  s3: S3Client,
  buckets: Readonly<Record<string, string>>,
  everyMs = 3000,
): Promise<Look> {
  const known = new Map<string, Set<string>>();
  for (const bucket of Object.values(buckets)) {
    known.set(bucket, new Set(await listRefusals(s3, bucket)));
  }
  let lookedAt = 0;
  return async () => {
    if (Date.now() - lookedAt < everyMs) return;
    lookedAt = Date.now();
    for (const [name, bucket] of Object.entries(buckets)) {
      const records = await listRefusals(s3, bucket);
      for (const record of records.filter((each) => !known.get(bucket)?.has(each))) {
        const refusal = await readRefusal(s3, bucket, record);
        if (refusal !== undefined) say(`${name}  ${describeRefusal(refusal)}`);
      }
      known.set(bucket, new Set(records));
    }
  };
}
