import { parseFault } from "../../local/faults/fault.ts";
import type { ExperimentCloud, FinishedRun } from "./experiment-cloud.ts";
import { acceptedInput } from "./inputs.ts";
import { until } from "./until.ts";

/**
 * Has faults strike while `work` goes on; whatever happens, none is left then.
 * @throws Error when one of them never struck: then nothing was shown
 */
export async function withFaults<T>(
  bench: ExperimentCloud,
  faults: string[],
  work: () => Promise<T>,
): Promise<T> {
  await bench.cloud.setFaults(faults.map(parseFault));
  let struck: string[] = [];
  const result = await work().finally(async () => {
    struck = await bench.cloud.setFaults([]);
  });
  const idle = faults.filter((fault) => {
    const place = struck.indexOf(parseFault(fault).name);
    return place < 0 || struck.splice(place, 1).length === 0;
  });
  if (idle.length > 0) throw new Error(`never struck: ${idle.join(", ")}`);
  return result;
}

/**
 * One run under faults, on an endpoint that serves: how it ended, the event that told of it, what the endpoint serves and
 * answers now, and what was left over.
 */
export async function struckRun(bench: ExperimentCloud, faults: string[]): Promise<string> {
  const before = await endpointState(bench);
  const run = await withFaults(bench, faults, () => bench.run(acceptedInput()));
  return outcomeLine(bench, run, before);
}

export async function outcomeLine(
  bench: ExperimentCloud,
  run: FinishedRun,
  before: EndpointState,
): Promise<string> {
  const { detail } = await bench.eventOf(run.title);
  const told = [detail.status, detail.error?.name].filter(Boolean).join(" ");
  return `${run.ended}, event ${told}, ${await endpointLine(bench, run, before)}, ${await bench.leftoverLine()}`;
}

export interface EndpointState {
  config: string;
  answer: string;
}

/** What the endpoint serves, and how it answers to one row; a run creates it where there is none. */
export async function endpointState(bench: ExperimentCloud): Promise<EndpointState> {
  return { config: await bench.serving(), answer: await bench.invoke() };
}

async function endpointLine(
  bench: ExperimentCloud,
  { title }: FinishedRun,
  before: EndpointState,
): Promise<string> {
  // A change that outlives its run, as when the run was aborted, comes to its end first.
  const { status, config } = await until("the settled endpoint", async () => {
    const found = (await bench.endpoint()) ?? { status: undefined, config: undefined };
    return /Creating|Updating|RollingBack|Deleting/.test(found.status ?? "") ? undefined : found;
  });
  if (status !== "InService") return `endpoint ${status ?? "is gone"}`;
  const answer = await bench.invoke();
  if (config === before.config && answer === before.answer) return "endpoint as before";
  if (config === `${bench.names.runPrefix}${title}`) return "endpoint serves this run's model";
  return `endpoint serves ${config}`;
}
