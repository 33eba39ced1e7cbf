import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import {
  InvokeEndpointCommand,
  type SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import type { Answer, LabelledRow, ModelFormat } from "./model-formats.ts";

/** The lines of every object below a prefix; none where there is no object. */
export async function readLines(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const page of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: prefix },
  )) {
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key === undefined || Size === 0) continue;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      lines.push(...((await Body?.transformToString()) ?? "").split("\n").filter(Boolean));
    }
  }
  return lines;
}

/** Rows in one request: far below the 6 MB that an endpoint takes. */
const batchRows = 1000;

/** Asks the endpoint about rows, in batches, in order. */
export async function askAbout(
  runtime: SageMakerRuntimeClient,
  endpointName: string,
  rows: readonly LabelledRow[],
  { contentType, accept, answers }: Pick<ModelFormat, "contentType" | "accept" | "answers">,
): Promise<Answer[]> {
  const all: Answer[] = [];
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.slice(start, start + batchRows);
    const { Body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: endpointName,
        ContentType: contentType,
        Accept: accept,
        Body: batch.map(({ features }) => features).join("\n"),
      }),
    );
    const answered = answers(Buffer.from(Body).toString());
    if (answered.length !== batch.length) {
      throw new Error(
        `${batch.length} rows sent to ${endpointName}, ${answered.length} answers came back`,
      );
    }
    all.push(...answered);
  }
  return all;
}
