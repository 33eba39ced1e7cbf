import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { deleteEndpoint } from "../clean-up-runs/delete-endpoint.ts";
import type { Pause } from "../clean-up-runs/until-none.ts";
import { deleteEndpointConfig, deleteModel } from "../run-versions.ts";

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
 * being created is waited for: SageMaker deletes none before.
 *
 * May be called again after it failed or was cut off: it goes on with what is left.
 *
 * @throws StillThere, naming what could not be deleted in time
 */
export async function removeCandidates(
  sagemaker: SageMakerClient,
  candidatePrefix: string,
  { title, numbers }: RemoveRequest,
  pause: Pause,
): Promise<{ removed: string[] }> {
  const names = numbers.map((number) => candidateName(candidatePrefix, title, number));
  for (const name of names) {
    await deleteEndpoint(sagemaker, name, candidatePrefix, pause);
    await deleteEndpointConfig(sagemaker, name);
    await deleteModel(sagemaker, name);
  }
  return { removed: names };
}
