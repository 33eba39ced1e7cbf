import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { SageMaker } from "../sagemaker.ts";

/** Training jobs at a time: what a laptop's memory bears of small ones. Those of tuning jobs have a limit of their own. */
export const trainingQuota = 8;

/** @throws AwsError as an account does whose quota of instances is in use */
export function checkTrainingQuota(
  { trainingJobs }: SageMaker,
  { ResourceConfig }: CreateTrainingJobRequest,
): void {
  const active = trainingJobs
    .values()
    .filter(
      ({ TrainingJobStatus: status, TuningJobArn: tuningJob }) =>
        (status === "InProgress" || status === "Stopping") && tuningJob === undefined,
    ).length;
  if (active < trainingQuota) return;
  const limit = `'${ResourceConfig?.InstanceType} for training job usage'`;
  throw new AwsError(
    "ResourceLimitExceeded",
    `The account-level service limit ${limit} is ${trainingQuota} Instances, with current utilization of ${active} Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an increase for this quota.`,
  );
}
