import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

/** A row that is longer is not looked at: no CSV of numbers has one. */
const maxRowBytes = 1024 ** 2;

/** First line below `prefix`; undefined where there is none, or none so short. */
export async function firstLine(
  s3: S3Client,
  bucket: string,
  prefix: string,
): Promise<string | undefined> {
  const key = await firstKey(s3, bucket, prefix);
  if (key === undefined) return undefined;
  const { Body: body } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${maxRowBytes - 1}` }),
  );
  const text = (await body?.transformToString()) ?? "";
  const [line = ""] = text.split(/\r?\n/, 1);
  return line.length === text.length && text.length >= maxRowBytes ? undefined : line;
}

async function firstKey(s3: S3Client, bucket: string, prefix: string) {
  for await (const page of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: prefix },
  )) {
    const found = (page.Contents ?? []).find(({ Size: size = 0 }) => size > 0); // markers are empty
    if (found?.Key !== undefined) return found.Key;
  }
  return undefined;
}
