import { BatchStopJobRunCommand, type GlueClient, paginateGetJobRuns } from "@aws-sdk/client-glue";
import {
  type SageMakerClient,
  StopHyperParameterTuningJobCommand,
  StopTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";

const unfinished = ["STARTING", "RUNNING", "WAITING"];

/**
 * Stops the runs of the Glue job that read `inputUri`. Step Functions stops the job of a task that it gives up, as best it
 * can; a call that was under way at that moment may still have started one.
 */
export async function stopEtl(glue: GlueClient, jobName: string, inputUri: string): Promise<void> {
  for await (const page of paginateGetJobRuns({ client: glue }, { JobName: jobName })) {
    const ids = (page.JobRuns ?? [])
      .filter(({ JobRunState: state = "" }) => unfinished.includes(state))
      .filter(({ Arguments: given }) => given?.["--S3_INPUT_FILE"] === inputUri)
      .map(({ Id: id }) => id)
      .filter((id) => id !== undefined);
    if (ids.length > 0) {
      // one that has ended meanwhile is among the answer's errors
      await glue.send(new BatchStopJobRunCommand({ JobName: jobName, JobRunIds: ids }));
    }
  }
}

export async function stopTraining(sagemaker: SageMakerClient, jobName: string): Promise<void> {
  await ifStillGoing(sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: jobName })));
}

/** SageMaker stops its training jobs with it. */
export async function stopTuning(sagemaker: SageMakerClient, jobName: string): Promise<void> {
  await ifStillGoing(
    sagemaker.send(
      new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: jobName }),
    ),
  );
}

async function ifStillGoing(stopping: Promise<unknown>): Promise<void> {
  try {
    await stopping;
  } catch (error) {
    // it has ended, is stopping, or never came to be
    if (error instanceof Error && gone.includes(error.name)) return;
    throw error;
  }
}

const gone = ["ValidationException", "ResourceNotFound"];
