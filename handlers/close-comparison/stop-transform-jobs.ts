import {
  paginateListTransformJobs,
  type SageMakerClient,
  StopTransformJobCommand,
  type TransformJobStatus,
} from "@aws-sdk/client-sagemaker";
import { type Pause, untilNone } from "../clean-up-runs/until-none.ts";

/** Stops the batch transform jobs whose names start with `prefix` and waits for their end. */
export async function stopTransformJobs(
  sagemaker: SageMakerClient,
  prefix: string,
  pause: Pause,
): Promise<void> {
  await untilNone(async () => {
    const running = await jobsThatAre("InProgress", sagemaker, prefix);
    for (const name of running) await stop(sagemaker, name);
    const stopping = await jobsThatAre("Stopping", sagemaker, prefix);
    return [...running, ...stopping].map((name) => `transform job ${name}`);
  }, pause);
}

async function jobsThatAre(
  status: TransformJobStatus,
  sagemaker: SageMakerClient,
  prefix: string,
): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListTransformJobs(
    { client: sagemaker },
    { NameContains: prefix, StatusEquals: status },
  );
  for await (const page of pages) {
    for (const { TransformJobName: name } of page.TransformJobSummaries ?? []) {
      if (name?.startsWith(prefix)) names.push(name); // NameContains matches anywhere
    }
  }
  return names;
}

async function stop(sagemaker: SageMakerClient, name: string) {
  try {
    await sagemaker.send(new StopTransformJobCommand({ TransformJobName: name }));
  } catch (error) {
    // it has ended since it was listed; if not, the next look finds it again
    if (error instanceof Error && error.name === "ValidationException") return;
    throw error;
  }
}
