import {
  type CloudWatchLogsClient,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { logGroups } from "../../components/names.ts";
import { deleteEndpoint } from "../clean-up-runs/delete-endpoint.ts";
import type { Pause } from "../clean-up-runs/until-none.ts";
import { deleteEndpointConfig, deleteModel } from "../run-versions.ts";

export interface Clients {
  sagemaker: SageMakerClient;
  logs: CloudWatchLogsClient;
}

export interface RemoveOptions {
  /** `c--<base>--`: what everything of candidates starts with. */
  candidatePrefix: string;
  /** How many days the logs of their endpoints are kept. */
  logRetentionDays: number;
}

export interface RemoveRequest {
  /** Of the run. */
  title: string;
  /** `c01`, `c02`. */
  numbers: string[];
}

/** Name of everything that a candidate of a run makes, but for its jobs. */
export function candidateName(candidatePrefix: string, title: string, number: string): string {
  return `${candidatePrefix}${title}-${number}`;
}

/**
 * Deletes endpoint, endpoint config and model of candidates, in that order; whatever of them is there. An endpoint that is
 * being created is waited for: SageMaker deletes none before. What the endpoint logged stays for a while: SageMaker makes the
 * log group and would keep it for ever.
 *
 * May be called again after it failed or was cut off: it goes on with what is left.
 *
 * @throws StillThere, naming what could not be deleted in time
 */
export async function removeCandidates(
  { sagemaker, logs }: Clients,
  { candidatePrefix, logRetentionDays }: RemoveOptions,
  { title, numbers }: RemoveRequest,
  pause: Pause,
): Promise<{ removed: string[] }> {
  const names = numbers.map((number) => candidateName(candidatePrefix, title, number));
  for (const name of names) {
    await deleteEndpoint(sagemaker, name, candidatePrefix, pause);
    await deleteEndpointConfig(sagemaker, name);
    await deleteModel(sagemaker, name);
    await boundLogs(logs, logGroups.ofEndpoint(name), logRetentionDays);
  }
  return { removed: names };
}

/** Nothing where there is no such group: the candidate never served. */
async function boundLogs(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  retentionInDays: number,
) {
  try {
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return;
    throw error;
  }
}
