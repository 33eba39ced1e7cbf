import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../components/bucket-layout.ts";
import { comparisonLayout } from "../components/comparison-layout.ts";
import type { ComparisonReport } from "../handlers/record-comparison/report.ts";

/** The record that a run of a comparison left; `undefined` where it left none. */
export async function readComparisonReport(
  s3: S3Client,
  bucket: string,
  title: string,
): Promise<ComparisonReport | undefined> {
  const text = await download(s3, bucket, bucketLayout.report(title));
  return text === undefined ? undefined : (JSON.parse(text) as ComparisonReport);
}

/** Where its report is, and how to get the page. */
export function reportPlaces(bucket: string, title: string): string[] {
  const page = `s3://${bucket}/${comparisonLayout.page(title)}`;
  return [
    `report: s3://${bucket}/${bucketLayout.report(title)}`,
    `        ${page} (aws s3 cp ${page} .)`,
  ];
}

/** Text of an object; `undefined` where there is none. */
export async function download(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<string | undefined> {
  const answer = await s3
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: Error) => {
      if (error.name === "NoSuchKey") return undefined;
      throw error;
    });
  return answer && ((await answer.Body?.transformToString()) ?? "");
}
