import type {
  AddTagsInput,
  CreateEndpointConfigInput,
  CreateEndpointInput,
  CreateModelInput,
  DeleteTagsInput,
  ListTagsInput,
} from "@aws-sdk/client-sagemaker";
import type { Check } from "../../ministack/identity.ts";
import type { Arns, ResourceKind } from "../../sagemaker/arns.ts";
import { grantOnKey, passRole, type RequestChecks, requestTags } from "./request-checks.ts";
import { check, service, tagging, vpcContext, when } from "./sagemaker-check.ts";
import { jobChecks } from "./sagemaker-job-checks.ts";

export interface SageMakerPlace {
  arns: Arns;
  /** Key that encrypts the volumes of an endpoint config's instances, if it has one. */
  volumeKeyOf(endpointConfig: string): string | undefined;
}

/**
 * What SageMaker asks IAM for each operation.
 * Sources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_sagemaker.html
 * and https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
 */
export function sagemakerChecks(place: SageMakerPlace): Record<string, RequestChecks> {
  const { arns } = place;
  const named =
    (operation: string, kind: ResourceKind, member: string): RequestChecks =>
    (request: Record<string, string>) => [
      check(operation, arns.of(kind, request[member] as string)),
    ];
  const tuning = (operation: string): RequestChecks =>
    named(operation, "hyper-parameter-tuning-job", "HyperParameterTuningJobName");
  const listed =
    (operation: string): RequestChecks =>
    () => [check(operation, "*")]; // lists know no resources
  return {
    ...creating(place),
    ...jobChecks(arns),
    AddTags: ({ ResourceArn, Tags }: AddTagsInput) => [
      check("AddTags", ResourceArn as string, requestTags(Tags)),
    ],
    DeleteEndpoint: named("DeleteEndpoint", "endpoint", "EndpointName"),
    DeleteEndpointConfig: named("DeleteEndpointConfig", "endpoint-config", "EndpointConfigName"),
    DeleteModel: named("DeleteModel", "model", "ModelName"),
    DeleteTags: ({ ResourceArn, TagKeys = [] }: DeleteTagsInput) => [
      check("DeleteTags", ResourceArn as string, { "aws:TagKeys": TagKeys }),
    ],
    DescribeEndpoint: named("DescribeEndpoint", "endpoint", "EndpointName"),
    DescribeEndpointConfig: named(
      "DescribeEndpointConfig",
      "endpoint-config",
      "EndpointConfigName",
    ),
    DescribeHyperParameterTuningJob: tuning("DescribeHyperParameterTuningJob"),
    DescribeModel: named("DescribeModel", "model", "ModelName"),
    DescribeTrainingJob: named("DescribeTrainingJob", "training-job", "TrainingJobName"),
    DescribeTransformJob: named("DescribeTransformJob", "transform-job", "TransformJobName"),
    ListEndpointConfigs: listed("ListEndpointConfigs"),
    ListEndpoints: listed("ListEndpoints"),
    ListHyperParameterTuningJobs: listed("ListHyperParameterTuningJobs"),
    ListModels: listed("ListModels"),
    ListTags: ({ ResourceArn }: ListTagsInput) => [check("ListTags", ResourceArn as string)],
    ListTrainingJobs: listed("ListTrainingJobs"),
    ListTrainingJobsForHyperParameterTuningJob: tuning(
      "ListTrainingJobsForHyperParameterTuningJob",
    ),
    ListTransformJobs: listed("ListTransformJobs"),
    StopHyperParameterTuningJob: tuning("StopHyperParameterTuningJob"),
    StopTrainingJob: named("StopTrainingJob", "training-job", "TrainingJobName"),
    StopTransformJob: named("StopTransformJob", "transform-job", "TransformJobName"),
    UpdateEndpointWeightsAndCapacities: named(
      "UpdateEndpointWeightsAndCapacities",
      "endpoint",
      "EndpointName",
    ),
  };
}

function creating({ arns, volumeKeyOf }: SageMakerPlace): Record<string, RequestChecks> {
  /** On the endpoint and on the config that it takes: a policy has to name both. */
  const deployed = (operation: string, request: CreateEndpointInput): Check[] => {
    const config = request.EndpointConfigName as string;
    const tags = requestTags(request.Tags);
    return [
      check(operation, arns.of("endpoint", request.EndpointName as string), tags),
      check(operation, arns.of("endpoint-config", config), tags),
      ...grantOnKey(volumeKeyOf(config)),
    ];
  };
  return {
    CreateEndpoint: (request: CreateEndpointInput) => [
      ...deployed("CreateEndpoint", request),
      ...tagging(
        "CreateEndpoint",
        arns.of("endpoint", request.EndpointName as string),
        request.Tags,
      ),
    ],
    CreateEndpointConfig: (request: CreateEndpointConfigInput) => {
      const arn = arns.of("endpoint-config", request.EndpointConfigName as string);
      const variants = request.ProductionVariants ?? [];
      const models = variants.flatMap(({ ModelName }) => ModelName ?? []);
      const context = {
        ...requestTags(request.Tags),
        ...vpcContext(request),
        ...(models.length > 0 && {
          "sagemaker:ModelArn": models.map((name) => arns.of("model", name)),
        }),
        "sagemaker:InstanceTypes": variants.flatMap(({ InstanceType }) => InstanceType ?? []),
        ...when("sagemaker:VolumeKmsKey", request.KmsKeyId),
      };
      return [
        check("CreateEndpointConfig", arn, context),
        ...passRole(request.ExecutionRoleArn, service),
        ...tagging("CreateEndpointConfig", arn, request.Tags),
      ];
    },
    CreateModel: (request: CreateModelInput) => {
      const arn = arns.of("model", request.ModelName as string);
      const context = { ...requestTags(request.Tags), ...vpcContext(request) };
      return [
        check("CreateModel", arn, context),
        ...passRole(request.ExecutionRoleArn, service),
        ...tagging("CreateModel", arn, request.Tags),
      ];
    },
    UpdateEndpoint: (request: CreateEndpointInput) => deployed("UpdateEndpoint", request),
  };
}
