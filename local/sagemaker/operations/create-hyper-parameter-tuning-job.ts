import type { CreateHyperParameterTuningJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import type { SageMaker, TuningJobRecord } from "../sagemaker.ts";
import { putTags } from "../tags.ts";
import { admitTrainingJob } from "../training/start-training-job.ts";
import { checkTuningRequest } from "../tuning/check-tuning-request.ts";
import { trainingRequest } from "../tuning/training-request.ts";

export function createHyperParameterTuningJob(sagemaker: SageMaker): Operation {
  return async (request: CreateHyperParameterTuningJobRequest) => {
    const space = checkTuningRequest(request, (image) => sagemaker.runners.of(image));
    const name = request.HyperParameterTuningJobName as string;
    const arn = sagemaker.arns.of("hyper-parameter-tuning-job", name);
    refuseTaken(sagemaker, name, arn);
    const { Tags: tags = [], ...rest } = request as typeof request & RequestMembers;
    const { TrainingJobDefinition: definition, HyperParameterTuningJobConfig: config } = rest;
    const objective = config.HyperParameterTuningJobObjective?.MetricName as string;
    const first = trainingRequest(`${name}-001`, definition, {}, objective, tags);
    const { session } = await admitTrainingJob(sagemaker, first, arn);
    session.close();
    refuseTaken(sagemaker, name, arn); // The checks waited for IAM and S3: the name may be taken by now.

    const created = now();
    putTags(sagemaker, arn, tags);
    sagemaker.tuningJobs.put(name, {
      description: {
        HyperParameterTuningJobName: name,
        HyperParameterTuningJobArn: arn,
        HyperParameterTuningJobConfig: config,
        TrainingJobDefinition: definition,
        HyperParameterTuningJobStatus: "InProgress",
        CreationTime: created,
        LastModifiedTime: created,
      },
      trainings: [],
    });
    sagemaker.tuning.start(sagemaker, name, space, tags);
    return { HyperParameterTuningJobArn: arn };
  };
}

/** Members that the checks found. */
type RequestMembers = Pick<
  TuningJobRecord["description"],
  "HyperParameterTuningJobConfig" | "TrainingJobDefinition"
>;

function refuseTaken(sagemaker: SageMaker, name: string, arn: string): void {
  if (!sagemaker.tuningJobs.get(name)) return;
  throw new AwsError(
    "ResourceInUse",
    `Hyperparameter tuning job names must be unique within an AWS account and region, and a hyperparameter tuning job with this name already exists (${arn})`,
  );
}
