import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { paginateListExecutions, type SFNClient } from "@aws-sdk/client-sfn";
import { findRun } from "../executions.ts";
import { configsInUse, withoutKept } from "../kept-versions.ts";
import {
  deleteEndpointConfig,
  deleteModel,
  listModels,
  listVersions,
  type Version,
} from "../run-versions.ts";
import { artifactsToDelete, deleteArtifacts, listArtifacts } from "./model-artifacts.ts";
import { versionsToDelete } from "./versions-to-delete.ts";

export interface Clients {
  sagemaker: SageMakerClient;
  stepFunctions: SFNClient;
  s3: S3Client;
}

export interface PruneVersionsOptions {
  /** `<base>--`: what everything that runs of this pipeline made starts with. */
  runPrefix: string;
  endpointName: string;
  /** Versions kept, the serving one included. */
  keep: number;
  stateMachineArn: string;
  bucket: string;
  /** Days that artifacts stay to which no model refers. */
  runRetentionDays: number;
}

export interface PrunedVersions {
  /** Endpoint configs that are left, newest first. */
  kept: string[];
  deleted: string[];
}

const dayMilliseconds = 24 * 3600 * 1000;

/**
 * Deletes this pipeline's endpoint configs and models beyond the last few, what failed runs could not discard themselves, and
 * the artifacts of models that are gone.
 *
 * Never one in use: not what the endpoint serves or is changing to, not what a run in progress has made, which may be about
 * to deploy it, and not what is kept for an endpoint that was renamed.
 *
 * @param configName the version that this run has just deployed
 */
export async function pruneVersions(
  clients: Clients,
  options: PruneVersionsOptions,
  configName: string,
  now: Date,
): Promise<PrunedVersions> {
  const { sagemaker } = clients;
  // runs first: one that starts later makes its version later, and the newest stay anyway
  const inUse = new Set([configName, ...(await runningVersions(clients, options))]);
  for (const name of await configsInUse(sagemaker, options.endpointName)) inUse.add(name);
  const versions = await listVersions(sagemaker, options.runPrefix);
  const failed = await failedVersions(clients, options, versions, inUse);
  const superfluous = versionsToDelete(versions, {
    keep: options.keep,
    deployed: configName,
    inUse,
    failed,
  });
  const unused = await withoutKept(sagemaker, superfluous, options.endpointName);
  const doomed = new Set(unused.map(({ name }) => name));
  for (const name of doomed) await deleteEndpointConfig(sagemaker, name);
  const kept = versions.map(({ name }) => name).filter((name) => !doomed.has(name));
  const wanted = new Set([...kept, ...inUse]);
  const deletedModels = await deleteModels(sagemaker, options.runPrefix, wanted);
  await pruneArtifacts(clients.s3, options, { wanted, deletedModels, now });
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

/** Versions whose runs failed: while their endpoint was changing, they could not be deleted. */
async function failedVersions(
  { stepFunctions }: Clients,
  { runPrefix, stateMachineArn }: PruneVersionsOptions,
  versions: readonly Version[],
  inUse: ReadonlySet<string>,
): Promise<Set<string>> {
  const failed = new Set<string>();
  for (const { name } of versions) {
    if (inUse.has(name)) continue;
    const run = await findRun(stepFunctions, stateMachineArn, name.slice(runPrefix.length));
    if (run?.hasFailed) failed.add(name);
  }
  return failed;
}

/** Models whose config is gone, or never came to be because their run failed. */
async function deleteModels(
  sagemaker: SageMakerClient,
  runPrefix: string,
  wanted: ReadonlySet<string>,
): Promise<string[]> {
  const models = await listModels(sagemaker, runPrefix);
  const unwanted = models.filter((name) => !wanted.has(name));
  for (const name of unwanted) await deleteModel(sagemaker, name);
  return unwanted;
}

interface PrunedModels {
  wanted: ReadonlySet<string>;
  deletedModels: string[];
  now: Date;
}

async function pruneArtifacts(
  s3: S3Client,
  { bucket, runPrefix, runRetentionDays }: PruneVersionsOptions,
  { wanted, deletedModels, now }: PrunedModels,
) {
  const titlesOf = (names: Iterable<string>) =>
    new Set([...names].map((name) => name.slice(runPrefix.length)));
  const unwanted = artifactsToDelete(await listArtifacts(s3, bucket), {
    wanted: titlesOf(wanted),
    deleted: titlesOf(deletedModels),
    unusedSince: new Date(now.getTime() - runRetentionDays * dayMilliseconds),
  });
  await deleteArtifacts(s3, bucket, unwanted);
}
