import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import {
  InvokeEndpointCommand,
  type SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";

/** A labelled row as ETL wrote it. */
export interface LabelledRow {
  label: string;
  /** The other columns, as CSV: what the endpoint is asked with. */
  features: string;
}

/** Reads header-less CSV, label first, from every object below a prefix. */
export async function readSplit(
  s3: S3Client,
  bucket: string,
  prefix: string,
): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  for await (const page of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: prefix },
  )) {
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key === undefined || Size === 0) continue;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const text = (await Body?.transformToString()) ?? "";
      rows.push(...text.split("\n").filter(Boolean).map(splitLabel));
    }
  }
  if (rows.length === 0) throw new Error(`no rows below s3://${bucket}/${prefix}`);
  return rows;
}

function splitLabel(line: string): LabelledRow {
  const comma = line.indexOf(",");
  return { label: line.slice(0, comma), features: line.slice(comma + 1).trimEnd() };
}

/** Rows in one request: far below the 6 MB that an endpoint takes. */
const batchRows = 1000;

/** Scores rows through the endpoint, in batches, in order. */
export async function scoreRows(
  runtime: SageMakerRuntimeClient,
  endpointName: string,
  rows: LabelledRow[],
): Promise<number[]> {
  const scores: number[] = [];
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.slice(start, start + batchRows);
    const { Body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: endpointName,
        ContentType: "text/csv",
        Accept: "text/csv",
        Body: batch.map(({ features }) => features).join("\n"),
      }),
    );
    const answer = Buffer.from(Body).toString().trim().split("\n").map(Number);
    if (answer.length !== batch.length) {
      throw new Error(
        `${batch.length} rows sent to ${endpointName}, ${answer.length} scores came back`,
      );
    }
    scores.push(...answer);
  }
  return scores;
}
