import type {
  AddTagsInput,
  CreateEndpointConfigInput,
  CreateEndpointInput,
  CreateHyperParameterTuningJobRequest,
  CreateModelInput,
  CreateTrainingJobRequest,
  CreateTransformJobRequest,
  DeleteTagsInput,
  ListTagsInput,
  Tag,
} from "@aws-sdk/client-sagemaker";
import type { Check } from "../../ministack/identity.ts";
import type { Arns, ResourceKind } from "../../sagemaker/arns.ts";
import { grantOnKey, passRole, type RequestChecks, requestTags } from "./request-checks.ts";

const service = "sagemaker.amazonaws.com";

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
    CreateModel: (request: CreateModelInput) => {
      const arn = arns.of("model", request.ModelName as string);
      const context = { ...requestTags(request.Tags), ...vpcContext(request) };
      return [
        check("CreateModel", arn, context),
        ...passRole(request.ExecutionRoleArn, service),
        ...tagging("CreateModel", arn, request.Tags),
      ];
    },
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
    UpdateEndpoint: (request: CreateEndpointInput) => deployed("UpdateEndpoint", request),
  };
}

type Context = NonNullable<Check["context"]>;

function check(operation: string, resource: string, context: Context = {}): Check {
  return { action: `sagemaker:${operation}`, resource, context };
}

/** Tags that come with a creation are added by an action of their own. */
function tagging(operation: string, arn: string, tags: readonly Tag[] | undefined): Check[] {
  if (tags === undefined || tags.length === 0) return [];
  return [check("AddTags", arn, { ...requestTags(tags), "sagemaker:TaggingAction": operation })];
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

function vpcContext(
  request: Pick<CreateModelInput, "VpcConfig" | "EnableNetworkIsolation">,
): Context {
  return {
    "sagemaker:NetworkIsolation": String(request.EnableNetworkIsolation ?? false),
    ...when("sagemaker:VpcSubnets", request.VpcConfig?.Subnets),
    ...when("sagemaker:VpcSecurityGroupIds", request.VpcConfig?.SecurityGroupIds),
  };
}

/** A condition key is in the context only where the request says something of it. */
function when(key: string, value: string | readonly string[] | undefined): Context {
  return value === undefined || value === "" ? {} : { [key]: value };
}
