import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { runOutcomeLines } from "../../scripts/run-outcome.ts";
import { renderPage } from "../report/page.ts";
import { collectPage, type ReportClients, readRunReport } from "../report/page-content.ts";

/** Says what a run that has ended came to, writes its page, and says where; what keeps it from that is said too, and ends nothing. */
export async function writeRunPage(
  clients: ReportClients,
  folder: string,
  bucket: string,
  title: string,
): Promise<void> {
  try {
    const report = await readRunReport(clients.s3, bucket, title);
    if (report === undefined)
      return console.log("  no report: the run ended before it was recorded");
    for (const line of runOutcomeLines(report)) console.log(`  ${line}`);
    const page = renderPage(await collectPage(clients, [report]));
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${report.pipeline}-${title}.html`);
    await writeFile(path, page);
    console.log(`  ${relative(process.cwd(), path)}`);
  } catch (error) {
    console.log(`  no report of ${title}: ${(error as Error).message}`);
  }
}
