import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand, ListTrainingJobsCommand } from "@aws-sdk/client-sagemaker";
import { churnPipeline, type Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { endpointState, outcomeLine, struckRun, withFaults } from "../struck-run.ts";

const failed = (name: string) =>
  `FAILED ${name}, event Failed ${name}, endpoint as before, no leftovers`;

export const faultsOfTraining: Experiment[] = [
  {
    name: "training-algorithm-error",
    promise: "endpoint-keeps-answering",
    expected: failed("TrainingFailed"),
    quick: true,
    run: (bench) => struckRun(bench, ["training-algorithm-error"]),
  },
  {
    name: "training-stopped",
    promise: "endpoint-keeps-answering",
    expected: failed("TrainingFailed"),
    quick: true,
    run: (bench) => struckRun(bench, ["training-stopped"]),
  },
  {
    name: "training-without-metric",
    promise: "endpoint-keeps-answering",
    expected: failed("MetricMissing"),
    quick: true,
    run: (bench) => struckRun(bench, ["training-without-metric"]),
  },
  {
    name: "training-waits-for-capacity",
    promise: "failures-are-named",
    expected: "SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers",
    quick: false,
    run: (bench) => struckRun(bench, ["training-no-capacity"]),
  },
  {
    name: "training-spot-interrupted",
    promise: "failures-are-named",
    expected:
      "SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers; 1 job: Starting Downloading Training " +
      "Interrupted Starting Downloading Training Uploading Completed; checkpoint in S3",
    quick: true,
    run: spotInterrupted,
  },
  {
    name: "s3-slow-for-training",
    promise: "failures-are-named",
    expected: "SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers",
    quick: false,
    run: (bench) => struckRun(bench, ["s3-slow-down=models/:2"]),
  },
];

async function spotInterrupted(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  const { training } = churnPipeline;
  await bench.deploy({ training: { ...training, spot: { maxWaitMinutes: 2880 } } });
  try {
    const run = await withFaults(bench, ["spot-interrupted"], () => bench.run(acceptedInput()));
    return `${await outcomeLine(bench, run, before)}; ${await trainingOf(bench, run.title)}`;
  } finally {
    await bench.deploy();
  }
}

/** The run's training jobs and the steps of the last, and whether a checkpoint is there. */
async function trainingOf({ clients }: ExperimentCloud, title: string): Promise<string> {
  const { TrainingJobSummaries: jobs = [] } = await clients.sagemaker.send(
    new ListTrainingJobsCommand({ NameContains: title }),
  );
  const [TrainingJobName] = jobs.map((job) => job.TrainingJobName);
  const job = await clients.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
  const steps = job.SecondaryStatusTransitions?.map(({ Status }) => Status).join(" ");
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(job.CheckpointConfig?.S3Uri ?? "") ?? [];
  const { KeyCount = 0 } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
  );
  return `${jobs.length} job: ${steps}; ${KeyCount > 0 ? "checkpoint in S3" : "no checkpoint"}`;
}
