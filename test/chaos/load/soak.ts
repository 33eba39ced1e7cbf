import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  DeleteEndpointCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput, brokenInput, rejectedInput } from "../inputs.ts";
import { until } from "../until.ts";
import { footprint, totalMegabytes } from "./memory-watch.ts";

/** How it was after one run. */
export interface SoakSample {
  kind: "create" | "update" | "reject" | "fail";
  /** What became of it: the decision of the report, or the name of its error. */
  outcome: string;
  seconds: number;
  /** Resident memory of ministack, of this command, and of all. */
  megabytes: { ministack: number; command: number; all: number };
  processes: number;
  /** Everything in the state folder. */
  diskMegabytes: number;
  models: number;
  configs: number;
}

const kinds = ["create", "update", "reject", "fail"] as const;

const outcomes = { create: "deployed", update: "deployed", reject: "rejected", fail: "EtlFailed" };

/** Runs one after the other: one creates the endpoint, the next updates it, one is rejected, one fails, and so on. */
export async function soak(
  bench: ExperimentCloud,
  runs: number,
  onSample: (sample: SoakSample, i: number) => void = () => {},
): Promise<SoakSample[]> {
  const samples: SoakSample[] = [];
  for (let i = 0; i < runs; i += 1) {
    const kind = kinds[i % kinds.length] as (typeof kinds)[number];
    if (kind === "create") await removeEndpoint(bench);
    const started = performance.now();
    const { report, ended } = await bench.run(inputFor(kind, i), `input/soak/${i}.csv`);
    const seconds = (performance.now() - started) / 1000;
    const outcome = report?.decision ?? report?.error?.name ?? ended;
    const sample = { kind, outcome, seconds, ...(await measure(bench)) };
    samples.push(sample);
    onSample(sample, i);
  }
  return samples;
}

/** Runs that did not end as their input calls for. */
export function unexpectedRuns(samples: SoakSample[]): string[] {
  return samples.flatMap(({ kind, outcome }, i) =>
    outcome === outcomes[kind] ? [] : [`run ${i + 1} (${kind}): ${outcome}`],
  );
}

function inputFor(kind: SoakSample["kind"], seed: number): string {
  if (kind === "reject") return rejectedInput(seed);
  return kind === "fail" ? brokenInput(seed) : acceptedInput(seed);
}

async function removeEndpoint(bench: ExperimentCloud): Promise<void> {
  if ((await bench.endpoint()) === undefined) return;
  const EndpointName = bench.churn.endpointName;
  await bench.clients.sagemaker.send(new DeleteEndpointCommand({ EndpointName }));
  const gone = async () => ((await bench.endpoint()) === undefined ? true : undefined);
  await until("the end of the endpoint", gone, 60);
}

async function measure(bench: ExperimentCloud) {
  await bench.leftoverLine(); // waits for processes that are about to end
  const found = footprint(bench.stateDir);
  const { Models = [] } = await bench.clients.sagemaker.send(
    new ListModelsCommand({ MaxResults: 100 }),
  );
  const { EndpointConfigs = [] } = await bench.clients.sagemaker.send(
    new ListEndpointConfigsCommand({ MaxResults: 100 }),
  );
  return {
    megabytes: {
      ministack: found.ministack.megabytes,
      command: found["this command"].megabytes,
      all: totalMegabytes(found),
    },
    processes: Object.values(found).reduce((sum, { processes }) => sum + processes, 0),
    diskMegabytes: (await bytesBelow(bench.stateDir)) / 2 ** 20,
    models: Models.length,
    configs: EndpointConfigs.length,
  };
}

async function bytesBelow(folder: string): Promise<number> {
  const gone = (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error; // what goes while it is looked at holds nothing
  };
  const entries = (await readdir(folder, { withFileTypes: true }).catch(gone)) ?? [];
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return await bytesBelow(path);
    return entry.isFile() ? ((await stat(path).catch(gone))?.size ?? 0) : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
