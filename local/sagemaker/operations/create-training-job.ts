import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { checkTrainingRole, executionSession } from "../execution-role.ts";
import type { SageMaker } from "../sagemaker.ts";
import { putTags } from "../tags.ts";
import { checkMetricDefinitions } from "../training/check-metric-definitions.ts";
import { checkTrainingRequest } from "../training/check-request.ts";
import { checkInputExists } from "../training/input-channels.ts";

/** SageMaker's default for MaxRuntimeInSeconds: one day. */
const DEFAULT_MAX_RUNTIME_SECONDS = 86_400;

export function createTrainingJob(sagemaker: SageMaker): Operation {
  return async (request: CreateTrainingJobRequest) => {
    const { image, outputPath } = checkTrainingRequest(request);
    checkMetricDefinitions(request, sagemaker.runners.of(image));
    const name = request.TrainingJobName as string;
    const arn = sagemaker.arns.of("training-job", name);
    refuseTaken(sagemaker, name, arn);
    const session = executionSession(sagemaker.context, request.RoleArn as string, arn);
    try {
      await checkTrainingRole(session, image, sagemaker.context);
      await checkInputExists(session, sagemaker.context.region, request);
      refuseTaken(sagemaker, name, arn); // The checks waited for IAM and S3: the name may be taken by now.
    } catch (error) {
      session.close();
      throw error;
    }

    const { Tags: tags = [], ...rest } = request;
    const created = now();
    putTags(sagemaker, arn, tags);
    sagemaker.trainingJobs.put(name, {
      ...rest,
      TrainingJobName: name,
      TrainingJobArn: arn,
      ModelArtifacts: { S3ModelArtifacts: `${outputPath}/${name}/output/model.tar.gz` },
      StoppingCondition: {
        MaxRuntimeInSeconds: DEFAULT_MAX_RUNTIME_SECONDS,
        ...request.StoppingCondition,
      },
      EnableNetworkIsolation: request.EnableNetworkIsolation ?? false,
      EnableInterContainerTrafficEncryption: request.EnableInterContainerTrafficEncryption ?? false,
      EnableManagedSpotTraining: request.EnableManagedSpotTraining ?? false,
      TrainingJobStatus: "InProgress",
      SecondaryStatus: "Starting",
      SecondaryStatusTransitions: [
        { Status: "Starting", StartTime: created, StatusMessage: "Starting the training job" },
      ],
      CreationTime: created,
      LastModifiedTime: created,
    });
    sagemaker.training.start(name, session);
    return { TrainingJobArn: arn };
  };
}

function refuseTaken(sagemaker: SageMaker, name: string, arn: string): void {
  if (!sagemaker.trainingJobs.get(name)) return;
  throw new AwsError(
    "ResourceInUse",
    `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
  );
}
