import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { heapMegabytes } from "../local/glue/worker-memory.ts";
import { ExperimentCloud } from "../test/chaos/experiment-cloud.ts";
import { largeEtl } from "../test/chaos/load/large-etl.ts";
import { largePipeline } from "../test/chaos/load/large-pipeline.ts";
import { megabytes, printFigure, printPeaks, seconds } from "./table.ts";

/** Disk that a run takes at most, in bytes for each byte of the input: versions, copies, output, what Spark lays aside. */
const diskFactor = 20;

/** One large CSV through upload, trigger and ETL. */
export async function benchLargeEtl({ gigabytes = "1" }: { gigabytes?: string }): Promise<void> {
  const bytes = Math.round(Number(gigabytes) * 2 ** 30);
  const { workerType } = largePipeline.etl;
  console.log(`\nLarge ETL: ${gigabytes} GB of CSV, worker type ${workerType}`);
  await checkDisk(bytes * diskFactor);
  const bench = await ExperimentCloud.start({ pipeline: largePipeline });
  try {
    const result = await largeEtl(bench, bytes);
    const { reported, memory } = result;
    printFigure("ETL ended", result.state, result.error?.slice(0, 300));
    printFigure("rows uploaded", String(result.rows));
    printFigure(
      "rows in train, validate, test",
      String(reported.train + reported.validate + reported.test),
    );
    printFigure("rows dropped", String(reported.dropped));
    printFigure("upload, in parts", seconds(result.uploadSeconds));
    printFigure("trigger, copy, start", seconds(result.startSeconds));
    printFigure("ETL", seconds(result.etlSeconds));
    printFigure("heap that the worker type sets", megabytes(heapMegabytes(workerType)));
    printPeaks(memory);
  } finally {
    await bench.stop();
  }
}

async function checkDisk(needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir());
  const gigabytes = (value: number) => `${(value / 2 ** 30).toFixed(0)} GB`;
  if (bavail * bsize < needed) {
    throw new Error(
      `${tmpdir()} has ${gigabytes(bavail * bsize)} left: ${gigabytes(needed)} are needed`,
    );
  }
}
