import { paginateListEndpoints, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { stopTransformJobs } from "../close-comparison/stop-transform-jobs.ts";
import { deleteEndpointConfig, deleteModel, listModels, listVersions } from "../run-versions.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { stopTrainingJobs } from "./stop-training-jobs.ts";
import type { Pause } from "./until-none.ts";

/** Stops and deletes everything that candidates of a comparison made, of whatever run. Gives the names of what it deleted. */
export async function removeAllCandidates(
  sagemaker: SageMakerClient,
  candidatePrefix: string,
  pause: Pause,
): Promise<string[]> {
  await stopTransformJobs(sagemaker, candidatePrefix, pause);
  await stopTrainingJobs(sagemaker, candidatePrefix, pause);
  const endpoints = await listEndpoints(sagemaker, candidatePrefix);
  for (const name of endpoints) await deleteEndpoint(sagemaker, name, candidatePrefix, pause);
  const configs = await listVersions(sagemaker, candidatePrefix);
  for (const { name } of configs) await deleteEndpointConfig(sagemaker, name);
  const models = await listModels(sagemaker, candidatePrefix);
  for (const name of models) await deleteModel(sagemaker, name);
  return [...new Set([...endpoints, ...configs.map(({ name }) => name), ...models])];
}

async function listEndpoints(sagemaker: SageMakerClient, prefix: string): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListEndpoints({ client: sagemaker }, { NameContains: prefix });
  for await (const page of pages) {
    for (const { EndpointName: name } of page.Endpoints ?? []) {
      if (name?.startsWith(prefix)) names.push(name); // NameContains matches anywhere
    }
  }
  return names;
}
