import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { S3Location } from "./s3-uri.ts";

/** Keys below a prefix, in S3's order; objects that stand for folders are left out. */
export async function* keysBelow(
  s3: S3Client,
  { bucket, key }: S3Location,
): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: token }),
    );
    for (const object of page.Contents ?? []) {
      if (object.Key !== undefined && !object.Key.endsWith("/")) yield object.Key;
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Streams an object into a file, whose folder is made. */
export async function download(
  s3: S3Client,
  { bucket, key }: S3Location,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  const object = await s3.send(command, signal ? { abortSignal: signal } : {});
  await pipeline(object.Body as Readable, createWriteStream(file), signal ? { signal } : {});
}

/** Where below a channel's folder an object goes: its key without the prefix that was asked for. */
export function pathBelow(prefix: string, key: string): string {
  const rest = key.slice(prefix.length);
  if (rest.startsWith("/")) return rest.slice(1);
  if (prefix.endsWith("/") || prefix === "") return rest;
  // The prefix ends within a name, or is the whole key: the name stays whole.
  return key.slice(prefix.lastIndexOf("/") + 1);
}
