import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import { download } from "../../scripts/comparison-report.ts";

/** What a run of a comparison recorded, kept on this machine. */
export interface KeptReport {
  report: ComparisonReport;
  /** Files that were written, as the user would name them. */
  paths: string[];
}

/**
 * Writes the report of a run, `<title>.json`, and its page, `<title>.html`, to a folder.
 *
 * @param prefix of the files' names
 * @returns `undefined` where the run left none
 */
export async function keepComparisonReport(
  s3: S3Client,
  bucket: string,
  title: string,
  folder: string,
  prefix = "",
): Promise<KeptReport | undefined> {
  const text = await download(s3, bucket, bucketLayout.report(title));
  if (text === undefined) return undefined;
  const page = await download(s3, bucket, comparisonLayout.page(title));
  const files = [["json", text] as const, ...(page === undefined ? [] : [["html", page] as const])];
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [extension, content] of files) {
    const path = join(folder, `${prefix}${title}.${extension}`);
    // the page names the report as the bucket does, where both lie in the run's own folder
    await writeFile(path, content.replace('href="report.json"', `href="${prefix}${title}.json"`));
    paths.push(relative(process.cwd(), path));
  }
  return { report: JSON.parse(text) as ComparisonReport, paths };
}
