import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { GlueClient } from "@aws-sdk/client-glue";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { configsInUse, keepVersion, withoutKept } from "../kept-versions.ts";
import { deleteEndpointConfig, deleteModel, listModels, listVersions } from "../run-versions.ts";
import { deleteCandidateLogs } from "./delete-candidate-logs.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { type CleanUpInput, cleanUpFor, type LifecycleEvent } from "./lifecycle-event.ts";
import { removeAllCandidates } from "./remove-all-candidates.ts";
import { stopExecutions } from "./stop-executions.ts";
import { stopJobRuns } from "./stop-job-runs.ts";
import { stopTrainingJobs } from "./stop-training-jobs.ts";
import { stopTuningJobs } from "./stop-tuning-jobs.ts";
import type { Pause } from "./until-none.ts";

export interface Clients {
  sagemaker: SageMakerClient;
  stepFunctions: SFNClient;
  glue: GlueClient;
  logs: CloudWatchLogsClient;
}

export interface CleanUpOptions {
  /** `<base>--`: what everything that runs of this pipeline made starts with. */
  runPrefix: string;
  /** `c--<base>--`: what everything that candidates made starts with; of comparisons only. */
  candidatePrefix?: string | undefined;
  /** Start of tuning jobs' names; of what has any only. */
  tuningPrefix?: string | undefined;
  stateMachineArn: string;
  glueJob: string;
}

/** Endpoint configs and models, each by its name. */
export interface CleanedUp {
  deleted: string[];
  kept: string[];
}

/**
 * What Pulumi cannot do, because it knows nothing of what runs made: taking the endpoint away when it is renamed, and
 * everything that runs made or are making when the pipeline goes.
 *
 * May be called again after it failed or was cut off: it goes on with what is left.
 *
 * @throws StillThere, naming what could not be stopped or deleted in time.
 */
export async function cleanUpRuns(
  clients: Clients,
  options: CleanUpOptions,
  event: LifecycleEvent,
  pause: Pause,
): Promise<CleanedUp> {
  const cleanUp = cleanUpFor(event);
  switch (cleanUp.task) {
    case "nothing":
      return { deleted: [], kept: [] };
    case "leave endpoint":
      return { deleted: [], kept: await leaveEndpoint(clients, options, cleanUp, pause) };
    case "remove runs":
      await stopExecutions(clients.stepFunctions, options.stateMachineArn, pause);
      if (options.tuningPrefix !== undefined) {
        await stopTuningJobs(clients.sagemaker, options.tuningPrefix, pause);
      }
      await stopTrainingJobs(clients.sagemaker, options.runPrefix, pause);
      await stopJobRuns(clients.glue, options.glueJob, pause);
      if (options.candidatePrefix !== undefined) {
        await removeAllCandidates(clients.sagemaker, options.candidatePrefix, pause);
        await deleteCandidateLogs(clients.logs, options.candidatePrefix); // now that no endpoint writes to them
      }
      return deleteVersions(clients.sagemaker, options, {
        endpointName: cleanUp.endpointName,
        inUse: await leaveEndpoint(clients, options, cleanUp, pause),
      });
  }
}

/** Deletes the endpoint, or keeps it with all that it needs. Gives the versions kept for it. */
async function leaveEndpoint(
  { sagemaker }: Clients,
  { runPrefix }: CleanUpOptions,
  { endpointName, onRenameOrDestroy }: CleanUpInput,
  pause: Pause,
): Promise<string[]> {
  if (onRenameOrDestroy === "delete") {
    await deleteEndpoint(sagemaker, endpointName, runPrefix, pause);
  }
  const inUse = await configsInUse(sagemaker, endpointName); // of one that is not deleted
  const versions = await listVersions(sagemaker, runPrefix);
  const kept = versions.filter(({ name }) => inUse.includes(name));
  for (const version of kept) await keepVersion(sagemaker, version, endpointName);
  return kept.map(({ name }) => name);
}

async function deleteVersions(
  sagemaker: SageMakerClient,
  { runPrefix }: CleanUpOptions,
  { endpointName, inUse }: { endpointName: string; inUse: string[] },
): Promise<CleanedUp> {
  const versions = await listVersions(sagemaker, runPrefix);
  const unused = versions.filter(({ name }) => !inUse.includes(name));
  const configs = (await withoutKept(sagemaker, unused, endpointName)).map(({ name }) => name);
  for (const name of configs) await deleteEndpointConfig(sagemaker, name);
  const kept = versions.map(({ name }) => name).filter((name) => !configs.includes(name));
  const models = await listModels(sagemaker, runPrefix);
  const doomed = models.filter((name) => !kept.includes(name));
  for (const name of doomed) await deleteModel(sagemaker, name);
  return { deleted: [...new Set([...configs, ...doomed])], kept };
}
