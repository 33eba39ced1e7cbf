import type { CreateEndpointConfigInput, ProductionVariant } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { alreadyExists, modelNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { notSupported, refuseUnsupported } from "../supported-members.ts";
import { putTags } from "../tags.ts";

// Kept and shown, without effect on a laptop: volumes and their keys, VpcConfig, EnableNetworkIsolation.
const supported = {
  EndpointConfigName: true,
  ProductionVariants: {
    VariantName: true,
    ModelName: true,
    InitialInstanceCount: true,
    InstanceType: true,
    InitialVariantWeight: true,
    VolumeSizeInGB: true,
    ModelDataDownloadTimeoutInSeconds: true,
    ContainerStartupHealthCheckTimeoutInSeconds: true,
  },
  DataCaptureConfig: true,
  Tags: true,
  KmsKeyId: true,
  ExecutionRoleArn: true,
  VpcConfig: true,
  EnableNetworkIsolation: true,
} as const;

export function createEndpointConfig(sagemaker: SageMaker): Operation {
  return async (request: CreateEndpointConfigInput) => {
    refuseUnsupported(request, supported);
    if (request.DataCaptureConfig?.EnableCapture) throw notSupported("DataCaptureConfig");
    const { Tags: tags = [], ...rest } = request;
    const name = request.EndpointConfigName as string;
    const arn = sagemaker.arns.of("endpoint-config", name);
    if (sagemaker.endpointConfigs.get(name)) throw alreadyExists("endpoint configuration", arn);
    const variants = (request.ProductionVariants ?? []).map((item) => checked(sagemaker, item));
    if (new Set(variants.map((variant) => variant.VariantName)).size < variants.length) {
      throw new AwsError(
        "ValidationException",
        "VariantName must be unique within a configuration.",
      );
    }
    putTags(sagemaker, arn, tags);
    sagemaker.endpointConfigs.put(name, {
      ...rest,
      EndpointConfigName: name,
      EndpointConfigArn: arn,
      ProductionVariants: variants,
      CreationTime: now(),
    });
    return { EndpointConfigArn: arn };
  };
}

function checked(sagemaker: SageMaker, variant: ProductionVariant): ProductionVariant {
  const name = variant.VariantName;
  if (variant.ModelName === undefined) {
    throw notSupported(`The variant "${name}" without a ModelName`);
  }
  modelNamed(sagemaker, variant.ModelName);
  if (variant.InstanceType === undefined || variant.InitialInstanceCount === undefined) {
    throw new AwsError(
      "ValidationException",
      `InstanceType and InitialInstanceCount are required for the variant "${name}".`,
    );
  }
  return { ...variant, InitialVariantWeight: variant.InitialVariantWeight ?? 1 };
}
