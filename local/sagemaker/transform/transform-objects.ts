import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { S3Location } from "../s3-uri.ts";
import { ColumnMissing, type InputFilter } from "./input-filter.ts";
import { miniBatches, RecordTooLong, type Splitting } from "./mini-batches.ts";
import { clientFailed, TransformFailure } from "./transform-failure.ts";

/** One object of the job's input, on its way to an object of its output. */
export interface TransformedObject {
  source: S3Location;
  /** Holds its answers, in its order. */
  file: string;
  failure?: TransformFailure;
}

export interface TransformObjectsOptions {
  s3: S3Client;
  sources: readonly S3Location[];
  /** Folder for the answers. */
  folder: string;
  splitting: Splitting;
  /** What of each record reaches the model. @default all of it, byte by byte */
  filter: InputFilter | undefined;
  /** Requests at a time. */
  concurrency: number;
  /** Whether each answer ends its line. */
  endLines: boolean;
  /** @throws TransformFailure */
  invoke(payload: Buffer, source: S3Location): Promise<Buffer>;
  /** One line for the job's data log about an object. */
  note(source: S3Location, line: string): void;
  signal: AbortSignal;
}

/**
 * Sends all objects through the model. One that fails does not stop the others.
 * @throws TransformFailure when an object cannot be read
 * @throws Error when the signal ends it
 */
export async function transformObjects(
  options: TransformObjectsOptions,
): Promise<TransformedObject[]> {
  const { folder, signal } = options;
  const objects = options.sources.map(
    (source, i): TransformedObject => ({ source, file: join(folder, `${i}.out`) }),
  );
  const asked: { object: TransformedObject; answer: Promise<Buffer> }[] = [];
  const settleFirst = async (): Promise<void> => {
    const { object, answer } = asked.shift() as (typeof asked)[number];
    try {
      await appendFile(object.file, assembled(await answer, options.endLines));
    } catch (error) {
      if (signal.aborted || !(error instanceof TransformFailure)) throw error;
      object.failure ??= error;
    }
  };
  for await (const { object, payload } of payloads(objects, options)) {
    const answer = options.invoke(payload, object.source);
    answer.catch(() => {}); // Seen when its turn comes.
    asked.push({ object, answer });
    if (asked.length >= options.concurrency) await settleFirst();
  }
  while (asked.length > 0) await settleFirst();
  return objects;
}

async function* payloads(
  objects: readonly TransformedObject[],
  options: TransformObjectsOptions,
): AsyncGenerator<{ object: TransformedObject; payload: Buffer }> {
  for (const object of objects) {
    await writeFile(object.file, "");
    try {
      for await (const batch of miniBatches(
        await read(object.source, options),
        options.splitting,
      )) {
        yield { object, payload: filtered(batch, options.filter) };
        options.signal.throwIfAborted();
        if (object.failure) break;
      }
    } catch (error) {
      if (!(error instanceof RecordTooLong || error instanceof ColumnMissing)) throw error;
      options.note(object.source, `ClientError: ${error.message}`);
      object.failure ??= clientFailed();
    }
  }
}

async function read(
  { bucket, key }: S3Location,
  { s3, signal }: TransformObjectsOptions,
): Promise<Readable> {
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    return (await s3.send(command, { abortSignal: signal })).Body as Readable;
  } catch (error) {
    if (signal.aborted) throw error;
    throw new TransformFailure(
      `ClientError: Failed to download data from s3://${bucket}/${key}: ${(error as Error).message}`,
    );
  }
}

function filtered(payload: Buffer, filter: InputFilter | undefined): Buffer {
  if (!filter) return payload;
  const lines = payload.toString("utf8").split("\n");
  // What follows the last line break is no record.
  return Buffer.from(lines.map((line) => (line === "" ? line : filter(line))).join("\n"));
}

/** An answer of several records has ended its last line itself, as those of SageMaker's containers do. */
function assembled(answer: Buffer, endLines: boolean): Buffer {
  if (!endLines || answer.at(-1) === 0x0a) return answer;
  return Buffer.concat([answer, Buffer.from("\n")]);
}
