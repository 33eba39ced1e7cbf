import {
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  paginateListEndpointConfigs,
  paginateListModels,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ifThere } from "./if-there.ts";

/** An endpoint config that a run of this pipeline made; its model bears the same name. */
export interface Version {
  name: string;
  arn: string;
  createdAt: Date;
}

/** Endpoint configs whose name starts with `runPrefix`, newest first. */
export async function listVersions(
  sagemaker: SageMakerClient,
  runPrefix: string,
): Promise<Version[]> {
  const versions: Version[] = [];
  for await (const page of paginateListEndpointConfigs(
    { client: sagemaker },
    { NameContains: runPrefix, SortBy: "CreationTime", SortOrder: "Descending" },
  )) {
    for (const config of page.EndpointConfigs ?? []) {
      const { EndpointConfigName: name, EndpointConfigArn: arn, CreationTime: createdAt } = config;
      // NameContains matches anywhere in a name
      if (name?.startsWith(runPrefix) && arn && createdAt) versions.push({ name, arn, createdAt });
    }
  }
  return versions;
}

/** Names of the models whose name starts with `runPrefix`. */
export async function listModels(sagemaker: SageMakerClient, runPrefix: string): Promise<string[]> {
  const models: string[] = [];
  for await (const page of paginateListModels({ client: sagemaker }, { NameContains: runPrefix })) {
    for (const { ModelName: name } of page.Models ?? []) {
      if (name?.startsWith(runPrefix)) models.push(name);
    }
  }
  return models;
}

/** Does nothing where it is gone already: two runs may clean up at once. */
export async function deleteEndpointConfig(sagemaker: SageMakerClient, name: string) {
  await ifThere(sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })));
}

/** Does nothing where it is gone already: two runs may clean up at once. */
export async function deleteModel(sagemaker: SageMakerClient, name: string) {
  await ifThere(sagemaker.send(new DeleteModelCommand({ ModelName: name })));
}
