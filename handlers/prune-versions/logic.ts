import {
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  paginateListEndpointConfigs,
  paginateListModels,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { paginateListExecutions, type SFNClient } from "@aws-sdk/client-sfn";
import { type Version, versionsToDelete } from "./versions.ts";

export interface Clients {
  sagemaker: SageMakerClient;
  stepFunctions: SFNClient;
}

export interface PruneVersionsOptions {
  /** `<base>--`: what everything that runs of this pipeline made starts with. */
  runPrefix: string;
  endpointName: string;
  /** Versions kept, the serving one included. */
  keep: number;
  stateMachineArn: string;
}

export interface PrunedVersions {
  /** Endpoint configs that are left, newest first. */
  kept: string[];
  deleted: string[];
}

/**
 * Deletes this pipeline's endpoint configs and models beyond the last few.
 *
 * Never one in use: not what the endpoint serves or is changing to, and not what a run in progress has made, which may be
 * about to deploy it.
 *
 * @param configName the version that this run has just deployed
 */
export async function pruneVersions(
  clients: Clients,
  options: PruneVersionsOptions,
  configName: string,
): Promise<PrunedVersions> {
  const { sagemaker } = clients;
  // runs first: one that starts later makes its version later, and the newest stay anyway
  const inUse = new Set([configName, ...(await runningVersions(clients, options))]);
  for (const name of await servingVersions(sagemaker, options.endpointName)) inUse.add(name);
  const versions = await listVersions(sagemaker, options.runPrefix);
  const doomed = new Set(versionsToDelete(versions, { keep: options.keep, inUse }));
  for (const name of doomed) {
    await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name }));
  }
  const kept = versions.map(({ name }) => name).filter((name) => !doomed.has(name));
  await deleteModels(sagemaker, options.runPrefix, new Set([...kept, ...inUse]));
  return { kept, deleted: [...doomed] };
}

async function runningVersions(
  { stepFunctions }: Clients,
  { runPrefix, stateMachineArn }: PruneVersionsOptions,
): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListExecutions(
    { client: stepFunctions },
    { stateMachineArn, statusFilter: "RUNNING" },
  )) {
    for (const { name } of page.executions ?? []) names.push(`${runPrefix}${name}`); // an execution bears the run's title
  }
  return names;
}

async function servingVersions(sagemaker: SageMakerClient, endpointName: string) {
  const endpoint = await sagemaker.send(
    new DescribeEndpointCommand({ EndpointName: endpointName }),
  );
  return [
    endpoint.EndpointConfigName,
    endpoint.PendingDeploymentSummary?.EndpointConfigName,
  ].filter((name) => name !== undefined);
}

async function listVersions(sagemaker: SageMakerClient, runPrefix: string): Promise<Version[]> {
  const versions: Version[] = [];
  for await (const page of paginateListEndpointConfigs(
    { client: sagemaker },
    { NameContains: runPrefix, SortBy: "CreationTime", SortOrder: "Descending" },
  )) {
    for (const { EndpointConfigName: name, CreationTime: createdAt } of page.EndpointConfigs ??
      []) {
      // NameContains matches anywhere in a name
      if (name?.startsWith(runPrefix) && createdAt) versions.push({ name, createdAt });
    }
  }
  return versions;
}

/** Models whose config is gone, or never came to be because their run failed. */
async function deleteModels(
  sagemaker: SageMakerClient,
  runPrefix: string,
  wanted: ReadonlySet<string>,
) {
  const unwanted: string[] = [];
  for await (const page of paginateListModels({ client: sagemaker }, { NameContains: runPrefix })) {
    for (const { ModelName: name } of page.Models ?? []) {
      if (name?.startsWith(runPrefix) && !wanted.has(name)) unwanted.push(name);
    }
  }
  for (const name of unwanted) await sagemaker.send(new DeleteModelCommand({ ModelName: name }));
}
