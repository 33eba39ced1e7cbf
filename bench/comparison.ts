import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { maxComparisonTitleLength } from "../components/comparison-names.ts";
import { createClients } from "../local/cli/clients.ts";
import { deployWholeStack } from "../local/cli/deploy-stack.ts";
import { putInput } from "../local/cli/put-input.ts";
import { showRun } from "../local/cli/run-lines.ts";
import { SilentLines } from "../local/cli/silent-lines.ts";
import { startLocalCloud } from "../local/local-cloud.ts";
import { removeFolder } from "../local/processes/remove-folder.ts";
import { abaloneLibsvm } from "../local/sample-data/abalone.ts";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { readStackFile } from "../local/stack-file.ts";
import { type RawSeconds, runRawScript } from "./raw-script.ts";
import { printFigure, printRatio } from "./table.ts";

const uploads = 3;
const rows = 3000;

/** A comparison of two algorithms against the same work by hand, and what it costs in transitions and invocations. */
export async function benchComparison(): Promise<void> {
  console.log(
    `\nA comparison, XGBoost and Linear Learner on ${rows} rows: upload to report, against one script`,
  );
  const dir = await mkdtemp(join(tmpdir(), "retraining-bench-"));
  try {
    const raw = await rawComparisons(dir);
    const compared = await comparisons(join(dir, "cloud"));
    compared.forEach(({ seconds }, i) => {
      const what = i === 0 ? "first upload, Spark cold" : `upload ${i + 1}, Spark warm`;
      printRatio(what, seconds, raw[i] as number);
    });
    const { transitions, invocations } = compared.at(-1) as Compared;
    printFigure("state transitions", String(transitions));
    printFigure("Lambda invocations", String(invocations), "the one that starts it included");
  } finally {
    await removeFolder(dir);
  }
}

interface Compared {
  seconds: number;
  transitions: number;
  invocations: number;
}

async function comparisons(stateDir: string): Promise<Compared[]> {
  const cloud = await startLocalCloud({ stateDir, region: "us-east-2" });
  try {
    const clients = createClients(cloud);
    const { comparisons } = await deployWholeStack(
      cloud,
      "local",
      new SilentLines(),
      await abaloneSettings(),
    );
    const { abalone } = comparisons;
    if (abalone === undefined) throw new Error("stack local has no comparison abalone");
    const results: Compared[] = [];
    for (let i = 0; i < uploads; i += 1) {
      const key = `input/${i}.libsvm`;
      const input = abaloneLibsvm({ rows, seed: i + 1 });
      const started = performance.now();
      const upload = await putInput(clients.s3, abalone, key, input, maxComparisonTitleLength);
      const { executionArn } = upload;
      const { status, cause } = await showRun(clients.sfn, executionArn, new SilentLines());
      if (status !== "SUCCEEDED") throw new Error(`the comparison ended as ${status}: ${cause}`);
      const seconds = (performance.now() - started) / 1000;
      results.push({ seconds, ...(await costOf(clients.sfn, executionArn)) });
    }
    return results;
  } finally {
    await cloud.stop();
  }
}

/** The stack's example, switched on, each upload by itself: the script by hand adds none to another. */
async function abaloneSettings() {
  const { "retraining:pipelines": _, ...settings } = await readStackFile(projectRoot, "local");
  const { abalone } = JSON.parse(settings["retraining:comparisons"] ?? "{}");
  const changed = { ...abalone, enabled: true, accumulate: false };
  return { ...settings, "retraining:comparisons": JSON.stringify({ abalone: changed }) };
}

/** As AWS bills them: each state that is entered, the start and each retry; each call of a function. */
async function costOf(sfn: SFNClient, executionArn: string) {
  const events: HistoryEvent[] = [];
  for await (const { events: page } of paginateGetExecutionHistory(
    { client: sfn },
    { executionArn },
  )) {
    events.push(...(page ?? []));
  }
  const scheduled = events.filter(({ type }) => type === "TaskScheduled");
  const entered = events.filter(({ type }) => type?.endsWith("StateEntered")).length;
  const retries =
    scheduled.length - events.filter(({ type }) => type === "TaskStateEntered").length;
  const invocations = scheduled.filter(
    ({ taskScheduledEventDetails: task }) => task?.resourceType === "lambda",
  ).length;
  return { transitions: 1 + entered + retries, invocations: 1 + invocations };
}

/** Seconds of each repetition in one process: the first starts Spark. */
async function rawComparisons(dir: string): Promise<number[]> {
  const input = join(dir, "abalone.libsvm");
  await writeFile(input, abaloneLibsvm({ rows, seed: 1 }));
  const { seconds } = await runRawScript<RawSeconds>(
    "raw_comparison.py",
    [input, join(dir, "raw"), String(uploads)],
    [
      { environment: "learners" },
      { environment: "xgboost" },
      { folder: "local/containers/linear_learner" },
      { folder: "local/containers/contract" },
    ],
  );
  return seconds.map(({ etl, train }) => etl + train);
}
