import { ExperimentCloud } from "../test/chaos/experiment-cloud.ts";
import { loadPipeline } from "../test/chaos/load/load-pipeline.ts";
import { soak, unexpectedRuns } from "../test/chaos/load/soak.ts";
import { trends } from "../test/chaos/load/soak-trend.ts";
import { printFigure } from "./table.ts";

/** Many runs one after the other: what the last ones take, beside the first. */
export async function benchSoak({ runs = "200" }: { runs?: string }): Promise<void> {
  console.log(`\nSoak: ${runs} runs in a row, which create, update, are rejected, and fail`);
  const bench = await ExperimentCloud.start({ pipeline: loadPipeline });
  try {
    const samples = await soak(bench, Number(runs), (sample, i) => {
      if (i % 8 !== 7) return;
      const { megabytes, seconds, diskMegabytes, processes } = sample;
      console.log(
        `    ${i + 1}: ${seconds.toFixed(1)} s, ministack ${megabytes.ministack.toFixed(0)} MB, command ${megabytes.command.toFixed(0)} MB, ` +
          `all ${megabytes.all.toFixed(0)} MB in ${processes} processes, disk ${diskMegabytes.toFixed(0)} MB`,
      );
    });
    for (const { what, first, last, most } of trends(samples)) {
      const beside = `first ${first.toFixed(1)}, at most ${most.toFixed(1)} allowed`;
      printFigure(`${what}, last quarter`, last.toFixed(1), beside);
    }
    const unexpected = unexpectedRuns(samples);
    printFigure("not as the input calls for", String(unexpected.length), unexpected[0]);
    printFigure("left over", await bench.leftoverLine());
  } finally {
    await bench.stop();
  }
}
