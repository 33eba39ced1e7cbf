import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../components/bucket-layout.ts";
import { bucketName } from "../components/names.ts";
import { download } from "./comparison-report.ts";

/** Record of an upload that can be no input: it started no run. */
export interface Refusal {
  key: string;
  reason: string;
}

/** @param recordKey of its record, such as `bucketLayout.refusal(title)`; `undefined` where there is none */
export async function readRefusal(
  s3: S3Client,
  bucket: string,
  recordKey: string,
): Promise<Refusal | undefined> {
  const text = await download(s3, bucket, recordKey);
  return text === undefined ? undefined : (JSON.parse(text) as Refusal);
}

/** Keys of all records of refusals in a bucket. */
export async function listRefusals(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: bucketLayout.refusedPrefix,
        ...(token ? { ContinuationToken: token } : {}),
      }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
    token = page.NextContinuationToken;
  } while (token);
  return keys;
}

/** What a person is told of a refused upload. */
export function describeRefusal({ key, reason }: Refusal): string {
  return `${key} was refused: ${reason}`;
}

/** Bucket of the pipeline or comparison whose state machine it is; `undefined` for another state machine. */
export function bucketOf(stateMachineArn: string): string | undefined {
  const { region, accountId, base } =
    /:states:(?<region>[^:]+):(?<accountId>[^:]+):stateMachine:(?<base>[^:]+)-(?:retraining|comparison)$/.exec(
      stateMachineArn,
    )?.groups ?? {};
  if (!region || !accountId || !base) return undefined;
  return bucketName(base, { accountId, region });
}
