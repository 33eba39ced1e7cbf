import {
  ListHyperParameterTuningJobsCommand,
  ListTrainingJobsCommand,
  ListTransformJobsCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/** As AWS has them: `InProgress`, `Stopped`, ... */
export type JobStatuses = string[];

/** Of the training jobs whose names contain a text. */
export async function trainingStatuses(
  sagemaker: SageMakerClient,
  NameContains: string,
): Promise<JobStatuses> {
  const { TrainingJobSummaries: jobs = [] } = await sagemaker.send(
    new ListTrainingJobsCommand({ NameContains }),
  );
  return jobs.map(({ TrainingJobStatus: status = "" }) => status);
}

/** Of the tuning jobs whose names contain a text. */
export async function tuningStatuses(
  sagemaker: SageMakerClient,
  NameContains: string,
): Promise<JobStatuses> {
  const { HyperParameterTuningJobSummaries: jobs = [] } = await sagemaker.send(
    new ListHyperParameterTuningJobsCommand({ NameContains }),
  );
  return jobs.map(({ HyperParameterTuningJobStatus: status = "" }) => status);
}

/** Of the batch transform jobs whose names contain a text. */
export async function transformStatuses(
  sagemaker: SageMakerClient,
  NameContains: string,
): Promise<JobStatuses> {
  const { TransformJobSummaries: jobs = [] } = await sagemaker.send(
    new ListTransformJobsCommand({ NameContains }),
  );
  return jobs.map(({ TransformJobStatus: status = "" }) => status);
}
