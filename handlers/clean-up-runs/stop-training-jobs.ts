import {
  paginateListTrainingJobs,
  type SageMakerClient,
  StopTrainingJobCommand,
  type TrainingJobSummary,
} from "@aws-sdk/client-sagemaker";
import { type Pause, untilNone } from "./until-none.ts";

/** Stops the training jobs of this pipeline's runs and waits for their end: a job that stops still writes its model. */
export async function stopTrainingJobs(
  sagemaker: SageMakerClient,
  runPrefix: string,
  pause: Pause,
): Promise<void> {
  await untilNone(async () => {
    const jobs = [
      ...(await jobsThatAre("InProgress", sagemaker, runPrefix)),
      ...(await jobsThatAre("Stopping", sagemaker, runPrefix)),
    ];
    for (const { TrainingJobName, TrainingJobStatus } of jobs) {
      if (TrainingJobStatus === "InProgress") await stop(sagemaker, TrainingJobName);
    }
    return jobs.map(
      ({ TrainingJobName: name, TrainingJobStatus: status }) => `training job ${name} (${status})`,
    );
  }, pause);
}

async function jobsThatAre(
  status: "InProgress" | "Stopping",
  sagemaker: SageMakerClient,
  runPrefix: string,
): Promise<TrainingJobSummary[]> {
  const jobs: TrainingJobSummary[] = [];
  for await (const page of paginateListTrainingJobs(
    { client: sagemaker },
    { NameContains: runPrefix, StatusEquals: status },
  )) {
    for (const job of page.TrainingJobSummaries ?? []) {
      if (job.TrainingJobName?.startsWith(runPrefix)) jobs.push(job); // NameContains matches anywhere
    }
  }
  return jobs;
}

async function stop(sagemaker: SageMakerClient, name: string | undefined) {
  try {
    await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: name }));
  } catch (error) {
    // it has ended since it was listed; if not, the next look finds it again
    if (error instanceof Error && error.name === "ValidationException") return;
    throw error;
  }
}
