import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { ContainerDefinition, CreateModelInput } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { executionSession, modelDataForbidden } from "../execution-role.ts";
import { alreadyExists } from "../not-found.ts";
import { parseS3Uri } from "../s3-uri.ts";
import type { SageMaker } from "../sagemaker.ts";
import { notSupported, refuseUnsupported } from "../supported-members.ts";
import { putTags } from "../tags.ts";

// There is no network to isolate and no subnet to join: EnableNetworkIsolation and VpcConfig are kept and shown.
const supported = {
  ModelName: true,
  PrimaryContainer: {
    ContainerHostname: true,
    Image: true,
    Mode: true,
    ModelDataUrl: true,
    Environment: true,
  },
  Containers: true,
  ExecutionRoleArn: true,
  Tags: true,
  VpcConfig: true,
  EnableNetworkIsolation: true,
} as const;

export function createModel(sagemaker: SageMaker): Operation {
  return async (request: CreateModelInput) => {
    refuseUnsupported(request, supported);
    const { Tags: tags = [], Containers: containers, ...rest } = request;
    const container = onlyContainer(request);
    refuseUnsupported({ PrimaryContainer: container }, supported);
    const name = request.ModelName as string;
    const arn = sagemaker.arns.of("model", name);
    if (sagemaker.models.get(name)) throw alreadyExists("model", arn);
    const roleArn = request.ExecutionRoleArn;
    if (roleArn === undefined) throw notSupported("A model without ExecutionRoleArn");
    const url = checkContainer(sagemaker, container);
    await checkModelData(sagemaker, url, { arn, roleArn });
    // The check waited for S3: the name may be taken by now.
    if (sagemaker.models.get(name)) throw alreadyExists("model", arn);
    putTags(sagemaker, arn, tags);
    sagemaker.models.put(name, {
      ...rest,
      ...(containers ? { Containers: containers } : {}),
      ModelName: name,
      ModelArn: arn,
      CreationTime: now(),
    });
    return { ModelArn: arn };
  };
}

function onlyContainer(request: CreateModelInput): ContainerDefinition {
  const { PrimaryContainer: primary, Containers: containers } = request;
  if (primary && containers?.length) {
    throw new AwsError(
      "ValidationException",
      "You can specify either PrimaryContainer or Containers, not both.",
    );
  }
  if ((containers?.length ?? 0) > 1) throw notSupported("A pipeline of several Containers");
  const container = primary ?? containers?.[0];
  if (!container) {
    throw new AwsError("ValidationException", "You must specify PrimaryContainer or Containers.");
  }
  return container;
}

/** @returns the URL of the container's model data */
function checkContainer(sagemaker: SageMaker, container: ContainerDefinition): string {
  if (container.Image === undefined) {
    throw new AwsError("ValidationException", "You must specify an Image for the container.");
  }
  sagemaker.runners.of(container.Image);
  if (container.Mode === "MultiModel") throw notSupported("Mode MultiModel");
  const url = container.ModelDataUrl;
  if (url === undefined) throw notSupported("A container without ModelDataUrl");
  if (!parseS3Uri(url, "ModelDataUrl").key.endsWith(".tar.gz")) {
    throw new AwsError(
      "ValidationException",
      `The ModelDataUrl "${url}" must be the S3 URL of a gzip-compressed tar archive (.tar.gz suffix).`,
    );
  }
  return url;
}

/** SageMaker looks at the model's data, as the model's role. */
async function checkModelData(
  { context }: SageMaker,
  url: string,
  model: { arn: string; roleArn: string },
): Promise<void> {
  const { bucket, key } = parseS3Uri(url, "ModelDataUrl");
  const session = executionSession(context, model.roleArn, model.arn);
  try {
    await session.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    const { name, message } = error as Error;
    if (["NotFound", "NoSuchKey", "NoSuchBucket"].includes(name)) {
      throw new AwsError("ValidationException", `Could not find model data at ${url}.`);
    }
    if (!forbidden(error)) throw error;
    context.log(`CreateModel ${model.arn}: ${message}`);
    const words = modelDataForbidden(url, model.roleArn, context.region);
    throw new AwsError("ValidationException", words);
  } finally {
    session.close();
  }
}

/** HeadObject's answer has no body that could say why. */
function forbidden(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return error instanceof AwsError || $metadata?.httpStatusCode === 403;
}
