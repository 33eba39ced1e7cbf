import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigInput,
  CreateModelCommand,
  CreateTrainingJobCommand,
  type CreateTrainingJobRequest,
} from "@aws-sdk/client-sagemaker";
import { packFolder } from "../../../local/sagemaker/tar.ts";
import { roleArn } from "../ministack-fixture.ts";
import { bucket, fakeImage, type SageMakerCloud } from "./sagemaker-cloud.ts";

let names = 0;

/** A name that no other test uses. */
export function uniqueName(kind: string): string {
  names++;
  return `${kind}-${names}`;
}

/** A training job that the fake worker completes, unless the changes say otherwise. */
export function trainingJob(
  changes: Partial<CreateTrainingJobRequest> = {},
): CreateTrainingJobRequest {
  return {
    TrainingJobName: uniqueName("job"),
    AlgorithmSpecification: { TrainingImage: fakeImage, TrainingInputMode: "File" },
    RoleArn: roleArn,
    InputDataConfig: [channel("train", "data/train/")],
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
    ResourceConfig: { InstanceType: "ml.c5.xlarge", InstanceCount: 1, VolumeSizeInGB: 10 },
    StoppingCondition: { MaxRuntimeInSeconds: 600 },
    ...changes,
  };
}

export function channel(name: string, prefix: string) {
  return {
    ChannelName: name,
    ContentType: "text/csv",
    DataSource: {
      S3DataSource: {
        S3DataType: "S3Prefix" as const,
        S3Uri: `s3://${bucket}/${prefix}`,
        S3DataDistributionType: "FullyReplicated" as const,
      },
    },
  };
}

/** Starts a job; gives its name. */
export async function start(
  cloud: SageMakerCloud,
  changes: Partial<CreateTrainingJobRequest> = {},
): Promise<string> {
  const request = trainingJob(changes);
  await cloud.sagemaker.send(new CreateTrainingJobCommand(request));
  return request.TrainingJobName as string;
}

/** A model whose only file holds `content`; gives its name. */
export async function createModel(cloud: SageMakerCloud, content: string): Promise<string> {
  const name = uniqueName("model");
  const key = `artefacts/${name}/model.tar.gz`;
  await cloud.put(key, await archiveOf(content));
  await cloud.sagemaker.send(
    new CreateModelCommand({
      ModelName: name,
      ExecutionRoleArn: roleArn,
      PrimaryContainer: {
        Image: fakeImage,
        ModelDataUrl: `s3://${bucket}/${key}`,
        Environment: { GREETING: "hello" },
      },
    }),
  );
  return name;
}

export async function archiveOf(content: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "model-"));
  await writeFile(join(folder, "fake-model"), content);
  const archive = await packFolder(folder);
  await rm(folder, { recursive: true });
  return archive;
}

/** An endpoint configuration with one variant for the model; gives its name. */
export async function createConfig(
  cloud: SageMakerCloud,
  model: string,
  changes: Partial<CreateEndpointConfigInput> = {},
): Promise<string> {
  const name = uniqueName("config");
  await cloud.sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: [variant("AllTraffic", model)],
      ...changes,
    }),
  );
  return name;
}

export function variant(name: string, model: string, weight = 1) {
  return {
    VariantName: name,
    ModelName: model,
    InstanceType: "ml.t2.medium" as const,
    InitialInstanceCount: 1,
    InitialVariantWeight: weight,
  };
}

/** An endpoint in service whose model holds `content`; gives its name. */
export async function createEndpoint(cloud: SageMakerCloud, content: string): Promise<string> {
  const name = uniqueName("endpoint");
  const config = await createConfig(cloud, await createModel(cloud, content));
  await cloud.sagemaker.send(
    new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: config }),
  );
  const { EndpointStatus: status, FailureReason: reason } = await cloud.settled(name);
  if (status !== "InService") throw new Error(`endpoint ${name} is ${status}: ${reason}`);
  return name;
}
