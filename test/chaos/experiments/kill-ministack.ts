import { ListTrainingJobsCommand } from "@aws-sdk/client-sagemaker";
import { parseFault } from "../../../local/faults/fault.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { kindOf, processesOf } from "../processes.ts";
import { endpointState, outcomeLine } from "../struck-run.ts";
import { until } from "../until.ts";

const goesOn =
  "another ministack; SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers; 1 training job";

/** kill -9 of ministack alone, at the steps of a run that updates an endpoint. */
const steps: { name: string; at: string; quick?: boolean }[] = [
  { name: "etl-starts", at: "Run ETL" },
  { name: "etl-runs", at: "Run ETL/submitted" },
  { name: "training-runs", at: "Train Model/submitted", quick: true },
  { name: "training-is-done", at: "Train Model/done" },
  { name: "model-is-there", at: "Create Model/done" },
  { name: "endpoint-updates", at: "Update Endpoint/done" },
  { name: "old-versions-go", at: "Prune Versions" },
  { name: "run-is-recorded", at: "Record Run/done", quick: true },
];

export const killsOfMinistack: Experiment[] = [
  ...steps.map(
    ({ name, at, quick = false }): Experiment => ({
      name: `ministack-killed-as-${name}`,
      promise: "crashes-are-survived",
      expected: goesOn,
      quick,
      run: (bench) => killedAt(bench, at),
    }),
  ),
  {
    name: "ministack-killed-as-endpoint-comes",
    promise: "crashes-are-survived",
    expected: "another ministack; SUCCEEDED, endpoint InService; 1 training job",
    quick: false,
    ownCloud: {},
    run: async (bench) => {
      const { killed, run } = await runKilledAt(bench, "Create Endpoint/done");
      const endpoint = `endpoint ${(await bench.endpoint())?.status}`;
      return `${killed}; ${run.ended}, ${endpoint}; ${await trainings(bench, run.title)}`;
    },
  },
];

async function killedAt(bench: ExperimentCloud, at: string): Promise<string> {
  const before = await endpointState(bench);
  const { killed, run } = await runKilledAt(bench, at);
  const outcome = await outcomeLine(bench, run, before);
  return `${killed}; ${outcome}; ${await trainings(bench, run.title)}`;
}

async function runKilledAt(bench: ExperimentCloud, at: string) {
  const ministack = () =>
    processesOf(bench.stateDir).find((item) => kindOf(item) === "ministack")?.pid;
  const first = ministack();
  // The ministack that comes after knows nothing of faults: it is struck once.
  await bench.cloud.setFaults([parseFault(`ministack-killed=${at}`)]);
  const upload = await bench.upload();
  await until("the end of ministack", async () => (ministack() === first ? undefined : true));
  const run = await bench.finished(upload);
  return { killed: ministack() === undefined ? "no ministack" : "another ministack", run };
}

/** How often the run trained. */
async function trainings({ clients }: ExperimentCloud, title: string): Promise<string> {
  const { TrainingJobSummaries: jobs = [] } = await clients.sagemaker.send(
    new ListTrainingJobsCommand({ NameContains: title }),
  );
  return `${jobs.length} training job${jobs.length === 1 ? "" : "s"}`;
}
