import { GetJobRunsCommand } from "@aws-sdk/client-glue";
import { DescribeTrainingJobCommand, ListTrainingJobsCommand } from "@aws-sdk/client-sagemaker";
import { churnPipeline, type Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { kindOf, type ProcessKind, processesOf } from "../processes.ts";
import { endpointState, outcomeLine } from "../struck-run.ts";
import { until } from "../until.ts";

export const killsOfWorkers: Experiment[] = [
  {
    name: "spark-killed",
    promise: "crashes-are-survived",
    expected:
      "FAILED EtlFailed, event Failed EtlFailed, endpoint as before, no leftovers; cause names SIGKILL; next run SUCCEEDED",
    quick: true,
    run: sparkKilled,
  },
  {
    name: "training-killed",
    promise: "crashes-are-survived",
    expected:
      "FAILED TrainingFailed, event Failed TrainingFailed, endpoint as before, no leftovers; " +
      "job Failed: AlgorithmError: , exit code: 137",
    quick: true,
    run: trainingKilled,
  },
  {
    name: "serving-killed",
    promise: "endpoint-keeps-answering",
    expected: "ModelError, then the same answer; endpoint InService",
    quick: true,
    run: servingKilled,
  },
];

async function sparkKilled(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  const upload = await bench.upload();
  const JobName = bench.names.glueJob;
  await until("the script's start", async () => {
    const { JobRuns = [] } = await bench.clients.glue.send(new GetJobRunsCommand({ JobName }));
    return JobRuns.some(({ JobRunState }) => JobRunState === "RUNNING") || undefined;
  });
  kill(bench, "spark");
  const run = await bench.finished(upload);
  const named = run.execution.cause?.includes("SIGKILL") ? "names SIGKILL" : run.execution.cause;
  const outcome = await outcomeLine(bench, run, before);
  return `${outcome}; cause ${named}; next run ${(await bench.run()).ended}`;
}

async function trainingKilled(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  const { training } = churnPipeline;
  const hyperparameters = { ...training.hyperparameters, num_round: 100_000 };
  await bench.deploy({ training: { ...training, hyperparameters } });
  try {
    const upload = await bench.upload();
    const name = await until("the training", async () => {
      const { TrainingJobSummaries: jobs = [] } = await bench.clients.sagemaker.send(
        new ListTrainingJobsCommand({ NameContains: upload.title }),
      );
      const job = jobs[0] && (await describe(bench, jobs[0].TrainingJobName));
      return job?.SecondaryStatus === "Training" ? job.TrainingJobName : undefined;
    });
    kill(bench, "training");
    const run = await bench.finished(upload);
    const outcome = await outcomeLine(bench, run, before);
    const job = await describe(bench, name);
    return `${outcome}; job ${job.TrainingJobStatus}: ${job.FailureReason}`;
  } finally {
    await bench.deploy();
  }
}

/** The endpoint's process and, if one waits, that of the next. */
async function servingKilled(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  kill(bench, "serving");
  const seen = new Set<string>();
  await until("an answer", async () => {
    const answer = await bench.invoke().catch((error: Error) => error.name);
    seen.add(answer === before.answer ? "the same answer" : answer);
    return answer === before.answer || undefined;
  });
  return `${[...seen].join(", then ")}; endpoint ${(await bench.endpoint())?.status}`;
}

function describe({ clients }: ExperimentCloud, TrainingJobName: string | undefined) {
  return clients.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
}

function kill({ stateDir }: ExperimentCloud, kind: ProcessKind): void {
  const victims = processesOf(stateDir).filter((item) => kindOf(item) === kind);
  if (victims.length === 0) throw new Error(`there is no ${kind} process`);
  for (const { pid } of victims) process.kill(pid, "SIGKILL");
}
