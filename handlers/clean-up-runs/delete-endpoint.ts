import {
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ifThere } from "../if-there.ts";
import { type Pause, untilNone } from "./until-none.ts";

/** SageMaker refuses DeleteEndpoint while the endpoint is being created or changed. */
const deletable = ["InService", "OutOfService", "Failed", "UpdateRollbackFailed"];

/**
 * Deletes the endpoint and waits until it is gone: its configs and models must outlive it.
 *
 * One that serves what no run of this pipeline has made is not this pipeline's, whatever its name: it stays.
 */
export async function deleteEndpoint(
  sagemaker: SageMakerClient,
  endpointName: string,
  runPrefix: string,
  pause: Pause,
): Promise<void> {
  await untilNone(async () => {
    const endpoint = await ifThere(
      sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName })),
    );
    if (!endpoint?.EndpointConfigName?.startsWith(runPrefix)) return [];
    const { EndpointStatus: status = "" } = endpoint;
    if (deletable.includes(status)) await tryDelete(sagemaker, endpointName);
    return [`endpoint ${endpointName} (${status})`];
  }, pause);
}

async function tryDelete(sagemaker: SageMakerClient, endpointName: string) {
  try {
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName }));
  } catch (error) {
    // gone, or changing again, since it was looked at: the next look tells
    if (error instanceof Error && error.name === "ValidationException") return;
    throw error;
  }
}
