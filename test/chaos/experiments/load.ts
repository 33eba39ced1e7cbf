import { heapMegabytes } from "../../../local/glue/worker-memory.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { beyondBounds } from "../load/bounds.ts";
import { largeEtl } from "../load/large-etl.ts";
import { largePipeline } from "../load/large-pipeline.ts";
import { loadPipeline } from "../load/load-pipeline.ts";
import { soak, unexpectedRuns } from "../load/soak.ts";
import { trends } from "../load/soak-trend.ts";
import { type LoadAccount, uploadLoad } from "../load/upload-load.ts";

/** What a Java machine holds beside its heap: classes, compiled code, buffers, stacks. */
const besideHeapMegabytes = 1024;

const soakRuns = 200;

export const load: Experiment[] = [
  {
    name: "load-of-20",
    promise: "load-is-bounded",
    expected:
      "20 events of 16 uploads: 16 executions: 12 deployed or superseded, 2 rejected, 2 EtlFailed; 0 lost, 0 dead letters, " +
      "16 told of, the newest serves, no leftovers; within bounds",
    quick: true,
    run: async (bench) => accountLine(await uploadLoad(bench, 20, 3)),
  },
  {
    name: "load-of-1000",
    promise: "load-is-bounded",
    expected:
      "1000 events of 800 uploads: 800 executions: 600 deployed or superseded, 100 rejected, 100 EtlFailed; 0 lost, " +
      "0 dead letters, 800 told of, the newest serves, no leftovers; within bounds",
    quick: false,
    ownCloud: { pipeline: loadPipeline },
    run: async (bench) => accountLine(await uploadLoad(bench, 1000, 120)),
  },
  {
    name: "large-csv",
    promise: "load-is-bounded",
    expected: "1 GB: ETL SUCCEEDED, each row in a split, Spark's Java within the memory of G.1X",
    quick: false,
    ownCloud: { pipeline: largePipeline },
    run: largeCsvLine,
  },
  {
    name: "soak",
    promise: "runs-stay-alike",
    expected: `${soakRuns} runs as their inputs call for; nothing grew beyond its bound; no leftovers`,
    quick: false,
    ownCloud: { pipeline: loadPipeline },
    run: soakLine,
  },
];

function accountLine(account: LoadAccount): string {
  const { outcomes, unexpected, lost } = account;
  const count = (...names: string[]) =>
    names.reduce((sum, name) => sum + (outcomes.get(name) ?? 0), 0);
  const beyond = beyondBounds(account.memory);
  return [
    `${account.deliveries} events of ${account.objects} uploads: ${account.executions} executions: ` +
      `${count("deployed", "superseded")} deployed or superseded, ${count("rejected")} rejected, ${count("EtlFailed")} EtlFailed` +
      unexpected.slice(0, 3).map((what) => `, unexpected: ${what}`),
    `${lost.length} lost, ${account.deadLetters} dead letters, ${account.told} told of, ` +
      `the newest ${account.newestServes ? "serves" : "does not serve"}, ${account.leftovers}`,
    beyond.length === 0 ? "within bounds" : beyond.join(", "),
  ].join("; ");
}

async function largeCsvLine(bench: ExperimentCloud): Promise<string> {
  const { state, error, rows, reported, memory } = await largeEtl(bench, 2 ** 30);
  if (state !== "SUCCEEDED") return `1 GB: ETL ${state}: ${error}`;
  const split = reported.train + reported.validate + reported.test;
  const java = new Map(memory.peaks()).get("spark's Java")?.megabytes;
  if (java === undefined) throw new Error("Spark's Java was not seen: nothing is known of it");
  const most = heapMegabytes(largePipeline.etl.workerType) + besideHeapMegabytes;
  const each = split === rows ? "each row" : `${split} of ${rows} rows`;
  const within = java <= most ? "within" : `at ${Math.round(java)} MB beyond`;
  return `1 GB: ETL ${state}, ${each} in a split, Spark's Java ${within} the memory of ${largePipeline.etl.workerType}`;
}

async function soakLine(bench: ExperimentCloud): Promise<string> {
  const samples = await soak(bench, soakRuns);
  const unexpected = unexpectedRuns(samples);
  const grown = trends(samples).filter(({ last, most }) => last > most);
  return [
    unexpected.length === 0
      ? `${samples.length} runs as their inputs call for`
      : unexpected.join(", "),
    grown.length === 0
      ? "nothing grew beyond its bound"
      : grown
          .map(({ what, first, last }) => `${what}: ${first.toFixed(1)} to ${last.toFixed(1)}`)
          .join(", "),
    await bench.leftoverLine(),
  ].join("; ");
}
