import type {
  CreateHyperParameterTuningJobRequest,
  CreateTrainingJobRequest,
  CreateTransformJobRequest,
} from "@aws-sdk/client-sagemaker";
import type { Arns } from "../../sagemaker/arns.ts";
import { grantOnKey, passRole, type RequestChecks, requestTags } from "./request-checks.ts";
import { type Context, check, service, tagging, vpcContext, when } from "./sagemaker-check.ts";

/** What SageMaker asks IAM when a job is created. */
export function jobChecks(arns: Arns): Record<string, RequestChecks> {
  return {
    CreateTrainingJob: (request: CreateTrainingJobRequest) => {
      const arn = arns.of("training-job", request.TrainingJobName as string);
      return [
        check("CreateTrainingJob", arn, {
          ...requestTags(request.Tags),
          ...trainingContext(request),
        }),
        ...passRole(request.RoleArn, service),
        ...grantOnKey(request.ResourceConfig?.VolumeKmsKeyId),
        ...tagging("CreateTrainingJob", arn, request.Tags),
      ];
    },
    // The model's own role works for the job: no role is passed.
    CreateTransformJob: (request: CreateTransformJobRequest) => {
      const arn = arns.of("transform-job", request.TransformJobName as string);
      const { TransformResources: resources, TransformOutput: output } = request;
      const context = {
        ...requestTags(request.Tags),
        ...when("sagemaker:ModelArn", [arns.of("model", request.ModelName as string)]),
        ...when("sagemaker:InstanceTypes", resources?.InstanceType && [resources.InstanceType]),
        ...when("sagemaker:VolumeKmsKey", resources?.VolumeKmsKeyId),
        ...when("sagemaker:OutputKmsKey", output?.KmsKeyId),
      };
      return [
        check("CreateTransformJob", arn, context),
        ...grantOnKey(resources?.VolumeKmsKeyId),
        ...tagging("CreateTransformJob", arn, request.Tags),
      ];
    },
    // What its training jobs may be is decided here: SageMaker itself starts them.
    CreateHyperParameterTuningJob: (request: CreateHyperParameterTuningJobRequest) => {
      const arn = arns.of(
        "hyper-parameter-tuning-job",
        request.HyperParameterTuningJobName as string,
      );
      const { TrainingJobDefinition: definition, Tags: tags } = request;
      return [
        check("CreateHyperParameterTuningJob", arn, {
          ...requestTags(tags),
          ...(definition && trainingContext(definition)),
        }),
        ...passRole(definition?.RoleArn, service),
        ...grantOnKey(definition?.ResourceConfig?.VolumeKmsKeyId),
        ...tagging("CreateHyperParameterTuningJob", arn, tags),
      ];
    },
  };
}

type TrainingMembers = Pick<
  CreateTrainingJobRequest,
  | "EnableInterContainerTrafficEncryption"
  | "EnableNetworkIsolation"
  | "OutputDataConfig"
  | "ResourceConfig"
  | "StoppingCondition"
  | "VpcConfig"
>;

function trainingContext(request: TrainingMembers): Context {
  const { ResourceConfig: resources, StoppingCondition: stopping } = request;
  return {
    ...vpcContext(request),
    ...when("sagemaker:InstanceTypes", resources?.InstanceType && [resources.InstanceType]),
    ...when("sagemaker:VolumeKmsKey", resources?.VolumeKmsKeyId),
    ...when("sagemaker:OutputKmsKey", request.OutputDataConfig?.KmsKeyId),
    ...when("sagemaker:MaxRuntimeInSeconds", stopping?.MaxRuntimeInSeconds?.toString()),
    "sagemaker:InterContainerTrafficEncryption": String(
      request.EnableInterContainerTrafficEncryption ?? false,
    ),
  };
}
