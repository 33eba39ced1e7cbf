import {
  type HyperParameterTuningJobStatus,
  paginateListHyperParameterTuningJobs,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { stopTuning } from "../close-run/stop-jobs.ts";
import { type Pause, untilNone } from "./until-none.ts";

/** Stops the tuning jobs whose names start with `prefix`, and so their training jobs, and waits for their end. */
export async function stopTuningJobs(
  sagemaker: SageMakerClient,
  prefix: string,
  pause: Pause,
): Promise<void> {
  await untilNone(async () => {
    const running = await jobsThatAre("InProgress", sagemaker, prefix);
    for (const name of running) await stopTuning(sagemaker, name);
    const stopping = await jobsThatAre("Stopping", sagemaker, prefix);
    return [...new Set([...running, ...stopping])].map((name) => `tuning job ${name}`);
  }, pause);
}

async function jobsThatAre(
  status: HyperParameterTuningJobStatus,
  sagemaker: SageMakerClient,
  prefix: string,
): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListHyperParameterTuningJobs(
    { client: sagemaker },
    { NameContains: prefix, StatusEquals: status },
  );
  for await (const page of pages) {
    for (const { HyperParameterTuningJobName: name } of page.HyperParameterTuningJobSummaries ??
      []) {
      if (name?.startsWith(prefix)) names.push(name); // NameContains matches anywhere
    }
  }
  return names;
}
