import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { randomIntegers } from "../compare-candidates/random.ts";

/** Lines of all objects below a prefix, in the order of their keys. */
export async function* linesBelow(
  s3: S3Client,
  bucket: string,
  prefix: string,
): AsyncGenerator<string> {
  for (const key of await keysBelow(s3, bucket, prefix)) {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    for await (const line of createInterface({ input: body as Readable })) {
      if (line !== "") yield line;
    }
  }
}

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix });
  for await (const page of pages) {
    for (const { Key: key, Size: size } of page.Contents ?? []) {
      if (key !== undefined && size !== 0) keys.push(key);
    }
  }
  return keys.sort();
}

/**
 * Which of `total` rows are asked about: all, or `samples` of them, chosen by the seed alone, so that every candidate is
 * asked about the same ones.
 */
export function chosenRows(
  total: number,
  samples: "all" | number,
  seed: number,
): (row: number) => boolean {
  if (samples === "all" || samples >= total) return () => true;
  const draw = randomIntegers(seed);
  const chosen = new Set<number>();
  // Floyd's way: each subset is as likely as any other, without a list of all rows
  for (let last = total - samples; last < total; last++) {
    const row = draw(last + 1);
    chosen.add(chosen.has(row) ? last : row);
  }
  return (row) => chosen.has(row);
}
