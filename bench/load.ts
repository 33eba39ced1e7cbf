import { ExperimentCloud } from "../test/chaos/experiment-cloud.ts";
import { loadPipeline } from "../test/chaos/load/load-pipeline.ts";
import { uploadLoad } from "../test/chaos/load/upload-load.ts";
import { printFigure, printPeaks, seconds } from "./table.ts";

/** Many uploads at once: where each of them is in the end, and what it took. */
export async function benchLoad({ uploads = "1000" }: { uploads?: string }): Promise<void> {
  const count = Number(uploads);
  console.log(`\nLoad: ${uploads} uploads at once, a fifth of them told of twice`);
  const bench = await ExperimentCloud.start({ pipeline: loadPipeline });
  try {
    const account = await uploadLoad(bench, count, 120, (line) => console.log(`    ${line}`));
    const figure = (what: string, value: number | string, beside = "") =>
      printFigure(what, String(value), beside);
    figure("uploads (S3 events delivered)", account.deliveries);
    figure("  of object versions", account.objects, `in ${seconds(account.putSeconds)}`);
    figure("  duplicates", account.duplicates);
    figure("executions", account.executions);
    for (const [outcome, number] of account.outcomes) figure(`  ${outcome}`, number);
    figure("lost", account.lost.length, account.lost.slice(0, 3).join(", "));
    figure("not as the input calls for", account.unexpected.length, account.unexpected[0]);
    figure("dead letters", account.deadLetters);
    figure("runs told of by an event", account.told);
    figure("newest deployed input serves", account.newestServes ? "yes" : "no", account.leftovers);
    figure("all in", seconds(account.seconds));
    figure("a run", seconds(account.seconds / account.objects));
    printPeaks(account.memory);
  } finally {
    await bench.stop();
  }
}
