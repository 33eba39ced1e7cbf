import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { ProductionVariant } from "@aws-sdk/client-sagemaker";
import { allEnded } from "../../../handlers/all-ended.ts";
import { imagePullChecks } from "../../cloud/authorization/image-pull.ts";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { removeFolder } from "../../processes/remove-folder.ts";
import { executionSession, roleNotAssumable } from "../execution-role.ts";
import { modelNamed } from "../not-found.ts";
import { parseS3Uri } from "../s3-uri.ts";
import type { EndpointConfigRecord, ModelRecord, SageMaker } from "../sagemaker.ts";
import { unpackArchive } from "../tar.ts";

/** What the worker of a model needs, also after a restart. */
export interface ServedModel {
  name: string;
  image: string;
  environment: Record<string, string>;
  modelDataUrl: string;
  modelArn: string;
  /** Role of the model: reads its data, pulls its image, writes its logs. */
  roleArn: string;
  /** Stands for /opt/ml; the model lies in its folder `model`. */
  baseDir: string;
  startupTimeoutSeconds: number;
}

/** One production variant as it is deployed. */
export interface DeployedVariant extends ServedModel {
  weight: number;
  /** Shown as it was asked for; one worker serves, however many instances there would be. */
  instanceCount: number;
}

/** An endpoint configuration, deployed. */
export interface Deployment {
  endpointConfigName: string;
  /** Folder of everything that belongs to it. */
  folder: string;
  variants: DeployedVariant[];
}

/** Ends a creation or an update of an endpoint; the message is the endpoint's FailureReason. */
export class DeploymentFailure extends Error {}

/** The container of a variant did not answer GET /ping in time. */
export function unhealthy({ name }: ServedModel): DeploymentFailure {
  return new DeploymentFailure(
    `The primary container for production variant ${name} did not pass the ping health check. Please check CloudWatch logs for this endpoint.`,
  );
}

/** SageMaker's own patience with a container that starts. */
const DEFAULT_STARTUP_TIMEOUT_SECONDS = 240;

/**
 * What a deployment of `config` consists of; nothing is downloaded yet.
 * @param folder folder that deployments are kept below
 * @throws AwsError when a model is gone
 */
export function planDeployment(
  sagemaker: SageMaker,
  config: EndpointConfigRecord,
  folder: string,
): Deployment {
  const own = join(folder, randomUUID());
  return {
    endpointConfigName: config.EndpointConfigName,
    folder: own,
    variants: config.ProductionVariants.map((variant) => planVariant(sagemaker, variant, own)),
  };
}

function planVariant(
  sagemaker: SageMaker,
  variant: ProductionVariant,
  folder: string,
): DeployedVariant {
  const model = modelNamed(sagemaker, variant.ModelName as string);
  return {
    ...servedModel(model, variant.VariantName as string, folder),
    weight: variant.InitialVariantWeight ?? 1,
    instanceCount: variant.InitialInstanceCount as number,
    startupTimeoutSeconds:
      variant.ContainerStartupHealthCheckTimeoutInSeconds ?? DEFAULT_STARTUP_TIMEOUT_SECONDS,
  };
}

/** A model in a folder of its own below `folder`, under a name there. */
export function servedModel(model: ModelRecord, name: string, folder: string): ServedModel {
  const container = model.PrimaryContainer ?? model.Containers?.[0];
  return {
    name,
    image: container?.Image as string,
    environment: container?.Environment ?? {},
    modelDataUrl: container?.ModelDataUrl as string,
    modelArn: model.ModelArn,
    roleArn: model.ExecutionRoleArn as string,
    baseDir: join(folder, name),
    startupTimeoutSeconds: DEFAULT_STARTUP_TIMEOUT_SECONDS,
  };
}

/**
 * Brings the models of a deployment to its folder.
 * @throws DeploymentFailure
 */
export async function downloadModels(context: CloudContext, deployment: Deployment): Promise<void> {
  await allEnded(deployment.variants.map((variant) => downloadModel(context, variant)));
}

/**
 * Brings a model to its folder, as its role.
 * @throws DeploymentFailure
 */
export async function downloadModel(context: CloudContext, variant: ServedModel): Promise<void> {
  const url = variant.modelDataUrl;
  const session = executionSession(context, variant.roleArn, variant.modelArn);
  let archive: Buffer;
  try {
    await pullImage(context, session, variant.image);
    archive = await fetchArchive(context, session, url);
  } finally {
    session.close();
  }
  const folder = join(variant.baseDir, "model");
  await mkdir(folder, { recursive: true });
  try {
    await unpackArchive(archive, folder);
  } catch (error) {
    context.log(`${url}: ${(error as Error).message}`);
    throw new DeploymentFailure(
      `Failed to extract model data archive for container "container_1" from URL: "${url}". Please ensure that the object located at the URL is a valid tar.gz archive.`,
    );
  }
}

/** Asks for what pulling takes; there is nothing to pull. */
async function pullImage(
  context: CloudContext,
  session: RoleSession,
  image: string,
): Promise<void> {
  const { roleArn } = session.role;
  await session.credentials().catch((error: Error) => {
    context.log(error.message);
    throw new DeploymentFailure(roleNotAssumable(roleArn));
  });
  for (const check of imagePullChecks(image, context.region)) {
    await session.authorize([check]).catch((error: Error) => {
      context.log(`${image}: ${error.message}`);
      const permission = check.action.replace("ecr:", "");
      throw new DeploymentFailure(
        `The role '${roleArn}' does not have ${permission} permission for the image: '${image}'.`,
      );
    });
  }
}

async function fetchArchive(
  context: CloudContext,
  session: RoleSession,
  url: string,
): Promise<Buffer> {
  const { bucket, key } = parseS3Uri(url, "ModelDataUrl");
  try {
    const object = await session.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = await object.Body?.transformToByteArray();
    return Buffer.from(bytes ?? []);
  } catch (error) {
    context.log(`${url}: ${(error as Error).name}: ${(error as Error).message}`);
    throw new DeploymentFailure(
      `Failed to download model data for container "container_1" from URL: "${url}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.`,
    );
  }
}

export async function removeDeployment(deployment: Deployment): Promise<void> {
  await removeFolder(deployment.folder);
}
