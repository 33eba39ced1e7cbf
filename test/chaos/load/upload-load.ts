import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import type { RunReport } from "../../../handlers/record-run/report.ts";
import { parseFault } from "../../../local/faults/fault.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { acceptedInput, brokenInput, rejectedInput } from "../inputs.ts";
import { until } from "../until.ts";
import { MemoryWatch } from "./memory-watch.ts";

/** What became of a run: the decision of its report, or the name of its error. */
type Outcome = "deployed" | "superseded" | "rejected" | string;

/** Where everything that was uploaded is in the end. */
export interface LoadAccount {
  /** S3 events delivered: objects, and a second delivery for each duplicate. */
  deliveries: number;
  duplicates: number;
  /** Objects put, each a version of its own. */
  objects: number;
  executions: number;
  outcomes: Map<Outcome, number>;
  /** Keys whose outcome is not what the input calls for, with what was seen. */
  unexpected: string[];
  /** Keys of objects that came to no execution. */
  lost: string[];
  deadLetters: number;
  /** Runs told of by an event at their end. */
  told: number;
  /** Whether the endpoint serves a model than which none that was deployed is newer. */
  newestServes: boolean;
  leftovers: string;
  putSeconds: number;
  seconds: number;
  memory: MemoryWatch;
}

/** Uploads at the same time. */
const lanes = 16;

const kinds = [
  { make: acceptedInput, ends: ["deployed", "superseded"] },
  { make: rejectedInput, ends: ["rejected"] },
  { make: brokenInput, ends: ["EtlFailed"] },
];

/** Of eight uploads one is rejected and one is broken. */
function kindOfUpload(i: number) {
  return kinds[i % 8 === 3 ? 1 : i % 8 === 6 ? 2 : 0] as (typeof kinds)[number];
}

/**
 * Uploads as fast as S3 takes them; of the events a fifth is delivered twice. Then waits until every run has ended, and says
 * where each upload is.
 *
 * @param deliveries a multiple of 5
 * @param minutes the longest to wait for the runs
 */
export async function uploadLoad(
  bench: ExperimentCloud,
  deliveries: number,
  minutes: number,
  onProgress: (line: string) => void = () => {},
): Promise<LoadAccount> {
  if (deliveries % 5 !== 0) throw new RangeError(`${deliveries} is no multiple of 5`);
  const duplicates = deliveries / 5;
  const objects = deliveries - duplicates;
  const deadBefore = (await bench.deadLetters()).length;
  const memory = new MemoryWatch(bench.stateDir);
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  try {
    await bench.cloud.setFaults([parseFault(`event-twice:${duplicates}`)]);
    const uploads = await putAll(bench, objects);
    const putSeconds = since();
    onProgress(`${objects} objects in ${putSeconds.toFixed(1)} s`);
    await ended(bench, uploads, minutes * 60, (left) =>
      onProgress(`${since().toFixed(0)} s: ${left}`),
    );
    const seconds = since();
    const struck = await bench.cloud.setFaults([]);
    if (!struck.includes("event-twice")) throw new Error("no event was delivered twice");
    const account = await accountFor(bench, uploads);
    return {
      ...account,
      deadLetters: (await bench.deadLetters()).length - deadBefore,
      deliveries,
      duplicates,
      objects,
      putSeconds,
      seconds,
      memory,
    };
  } finally {
    memory.stop();
    await bench.cloud.setFaults([]);
  }
}

async function putAll(bench: ExperimentCloud, objects: number): Promise<Upload[]> {
  const uploads: Upload[] = [];
  const waiting = Array.from({ length: objects }, (_, i) => i).values();
  const lane = async () => {
    for (const i of waiting) {
      const body = kindOfUpload(i).make(i % 50);
      uploads[i] = await bench.upload(body, `input/load/${String(i).padStart(4, "0")}.csv`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return uploads;
}

/** Waits until each upload has its execution, and none of these runs. */
async function ended(
  bench: ExperimentCloud,
  uploads: Upload[],
  seconds: number,
  onProgress: (line: string) => void,
): Promise<void> {
  let shown = Date.now();
  await until(
    `the end of ${uploads.length} runs`,
    async () => {
      const all = await executions(bench);
      const statuses = uploads.flatMap(({ title }) => all.get(title) ?? []);
      const running = statuses.filter((status) => status === "RUNNING").length;
      if (Date.now() - shown > 30_000) {
        shown = Date.now();
        onProgress(`${statuses.length} executions, ${running} of them in progress`);
      }
      return statuses.length === uploads.length && running === 0 ? true : undefined;
    },
    seconds,
    1000,
  );
}

/** Status by title. */
async function executions({ clients, churn }: ExperimentCloud): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let nextToken: string | undefined;
  do {
    const page = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: churn.stateMachineArn, nextToken }),
    );
    for (const { name = "", status = "" } of page.executions ?? []) found.set(name, status);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

async function accountFor(bench: ExperimentCloud, uploads: Upload[]) {
  const started = await executions(bench);
  const outcomes = new Map<Outcome, number>();
  const unexpected: string[] = [];
  const reports: RunReport[] = [];
  for (const [i, { key, title }] of uploads.entries()) {
    if (!started.has(title)) continue;
    const report = await bench.report(title);
    if (report) reports.push(report);
    const outcome = report?.decision ?? report?.error?.name ?? `${started.get(title)} unrecorded`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (!kindOfUpload(i).ends.includes(outcome)) {
      unexpected.push(`${key}: ${outcome} ${report?.error?.cause ?? ""}`.trim());
    }
  }
  const told = await until("the events of all runs", async () => {
    const titles = new Set((await bench.events()).map(({ detail }) => detail.title));
    const own = uploads.filter(({ title }) => titles.has(title)).length;
    return own === reports.length ? own : undefined;
  });
  return {
    executions: uploads.filter(({ title }) => started.has(title)).length,
    outcomes,
    unexpected,
    lost: uploads.filter(({ title }) => !started.has(title)).map(({ key }) => key),
    told,
    newestServes: await newestServes(bench, reports),
    leftovers: await bench.leftoverLine(),
  };
}

/** S3 tells times in whole seconds: of two keys in the same second either may serve. */
async function newestServes(bench: ExperimentCloud, reports: RunReport[]): Promise<boolean> {
  const config = (await bench.endpoint())?.config;
  const serving = reports.find(({ title }) => config === `${bench.names.runPrefix}${title}`);
  const deployed = reports.filter(({ decision }) =>
    ["deployed", "superseded"].includes(decision ?? ""),
  );
  return (
    serving !== undefined &&
    deployed.every(({ input }) => input.uploadedAt <= serving.input.uploadedAt)
  );
}
