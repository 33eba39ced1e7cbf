import {
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ifThere } from "./if-there.ts";
import { deleteEndpointConfig, deleteModel } from "./run-versions.ts";

export interface DiscardedVersion {
  /** The version, where the endpoint uses it all the same, or may come to. */
  kept: string[];
  deleted: string[];
  /** The endpoint, if it failed with this version: nothing but its deletion is possible, and it would stand in the way. */
  deletedEndpoint: string | null;
}

/**
 * Deletes what a run made that could not be deployed: its endpoint config and its model, which serve nothing, and the
 * endpoint that failed with them. The artifact stays for a look at it, as long as the rest of what the run wrote.
 *
 * An endpoint that still changes, after the run's own time was up, keeps all.
 */
export async function discardVersion(
  sagemaker: SageMakerClient,
  endpointName: string,
  versionName: string,
): Promise<DiscardedVersion> {
  const endpoint = await ifThere(
    sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName })),
  );
  const serves = endpoint?.EndpointConfigName === versionName;
  const failed = serves && endpoint.EndpointStatus === "Failed";
  // the next run may have been faster
  if (failed)
    await ifThere(sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName })));
  const changesTo = endpoint?.PendingDeploymentSummary?.EndpointConfigName === versionName;
  if ((serves || changesTo) && !failed) {
    return { kept: [versionName], deleted: [], deletedEndpoint: null };
  }
  await deleteEndpointConfig(sagemaker, versionName);
  await deleteModel(sagemaker, versionName);
  return { kept: [], deleted: [versionName], deletedEndpoint: failed ? endpointName : null };
}
