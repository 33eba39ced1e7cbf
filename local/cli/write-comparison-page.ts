import type { S3Client } from "@aws-sdk/client-s3";
import { outcomeLines } from "../../scripts/comparison-outcome.ts";
import { keepComparisonReport } from "./comparison-reports.ts";

/** Says what a comparison that has ended came to, writes its report and page, and says where; whatever keeps it from that ends nothing. */
export async function writeComparisonPage(
  s3: S3Client,
  folder: string,
  comparison: string,
  bucket: string,
  title: string,
): Promise<void> {
  try {
    const kept = await keepComparisonReport(s3, bucket, title, folder, `${comparison}-`);
    if (kept === undefined) return console.log("  no report: the run ended before it was recorded");
    for (const line of [...outcomeLines(kept.report), ...kept.paths]) console.log(`  ${line}`);
  } catch (error) {
    console.log(`  no report of ${title}: ${(error as Error).message}`);
  }
}
