import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud, FinishedRun, Upload } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { withFaults } from "../struck-run.ts";

const newestServes =
  "2 runs: SUCCEEDED, SUCCEEDED; the newest input's model serves; events Succeeded, Succeeded; no leftovers";

export const concurrentUploads: Experiment[] = [
  {
    name: "two-uploads-at-once",
    promise: "newest-input-wins",
    expected: newestServes,
    quick: true,
    run: (bench) => twoVersions(bench, []),
  },
  {
    name: "events-out-of-order",
    promise: "newest-input-wins",
    expected: newestServes,
    quick: false,
    run: (bench) => twoVersions(bench, ["events-out-of-order"]),
  },
  {
    name: "event-comes-late",
    promise: "newest-input-wins",
    expected: `${newestServes}; decisions superseded, deployed`,
    quick: true,
    run: lateEvent,
  },
];

/** Two versions of one key, uploaded at the same moment: S3 says which is the newer. */
async function twoVersions(bench: ExperimentCloud, faults: string[]): Promise<string> {
  const key = `input/at-once-${faults.length}.csv`;
  const runs = await withFaults(bench, faults, async () => {
    const uploads = await Promise.all(
      [21, 22].map((seed) => bench.upload(acceptedInput(seed), key)),
    );
    return Promise.all((await oldestFirst(bench, uploads)).map((upload) => bench.finished(upload)));
  });
  return outcome(bench, runs);
}

/** An input whose event comes only after a newer one has been deployed. */
async function lateEvent(bench: ExperimentCloud): Promise<string> {
  const runs = await withFaults(bench, ["event-late=2"], async () => {
    const key = "input/late.csv";
    const late = await bench.upload(acceptedInput(23), key);
    const newer = await bench.run(acceptedInput(24), key);
    await bench.upload("no CSV", "input/next.txt"); // refused; its event is the second that the late one waits for
    return [await bench.finished(late), newer];
  });
  const decisions = runs.map(({ report }) => report?.decision);
  return `${await outcome(bench, runs)}; decisions ${decisions.join(", ")}`;
}

async function oldestFirst(bench: ExperimentCloud, uploads: Upload[]): Promise<Upload[]> {
  const { Versions = [] } = await bench.clients.s3.send(
    new ListObjectVersionsCommand({ Bucket: bench.churn.bucket, Prefix: uploads[0]?.key }),
  );
  const newest = Versions.find(({ IsLatest }) => IsLatest)?.VersionId;
  return uploads.toSorted((one, other) =>
    one.versionId === newest ? 1 : other.versionId === newest ? -1 : 0,
  );
}

/** @param runs oldest input first */
async function outcome(bench: ExperimentCloud, runs: FinishedRun[]): Promise<string> {
  const events = await Promise.all(runs.map(({ title }) => bench.eventOf(title)));
  const { config } = (await bench.endpoint()) ?? {};
  const age = config === `${bench.names.runPrefix}${runs.at(-1)?.title}` ? "newest" : "wrong";
  return (
    `${runs.length} runs: ${runs.map(({ ended }) => ended).join(", ")}; the ${age} input's model serves; ` +
    `events ${events.map(({ detail }) => detail.status).join(", ")}; ${await bench.leftoverLine()}`
  );
}
