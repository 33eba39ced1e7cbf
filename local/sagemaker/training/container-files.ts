import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Channel } from "@aws-sdk/client-sagemaker";
import type { TrainingJobRecord } from "../sagemaker.ts";
import { CHECKPOINT_PATH, checkpointFolder } from "./checkpoints.ts";

/** The one host of a training job. */
const HOST = "algo-1";

/** Lays out what a training container finds under /opt/ml, data aside. */
export async function writeContainerFiles(job: TrainingJobRecord, base: string): Promise<void> {
  for (const folder of ["input/config", "input/data", "model", "output/data"]) {
    await mkdir(join(base, folder), { recursive: true });
  }
  await writeConfig(base, "hyperparameters", job.HyperParameters ?? {});
  await writeConfig(base, "inputdataconfig", inputDataConfig(job));
  await writeConfig(base, "resourceconfig", resourceConfig(job));
  if (job.CheckpointConfig) {
    await writeConfig(base, "checkpointconfig", {
      S3Uri: job.CheckpointConfig.S3Uri,
      LocalPath: job.CheckpointConfig.LocalPath ?? CHECKPOINT_PATH,
    });
    await mkdir(checkpointFolder(job, base), { recursive: true });
  }
}

async function writeConfig(base: string, name: string, content: object): Promise<void> {
  await writeFile(join(base, "input", "config", `${name}.json`), JSON.stringify(content));
}

function inputDataConfig(job: TrainingJobRecord): object {
  const mode = job.AlgorithmSpecification?.TrainingInputMode;
  return Object.fromEntries(
    (job.InputDataConfig ?? []).map((channel: Channel) => [
      channel.ChannelName,
      {
        ...(channel.ContentType === undefined ? {} : { ContentType: channel.ContentType }),
        TrainingInputMode: channel.InputMode ?? mode,
        S3DistributionType:
          channel.DataSource?.S3DataSource?.S3DataDistributionType ?? "FullyReplicated",
        RecordWrapperType: channel.RecordWrapperType ?? "None",
      },
    ]),
  );
}

function resourceConfig(job: TrainingJobRecord): object {
  const type = job.ResourceConfig?.InstanceType;
  return {
    current_host: HOST,
    current_instance_type: type,
    current_group_name: "homogeneousCluster",
    hosts: [HOST],
    instance_groups: [
      { instance_group_name: "homogeneousCluster", instance_type: type, hosts: [HOST] },
    ],
    network_interface_name: "eth0",
  };
}
