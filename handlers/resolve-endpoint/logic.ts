import {
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ifThere } from "../if-there.ts";

export interface ResolveEndpointInput {
  endpointName: string;
  /** Instances that the stack's config asks for. */
  instanceCount: number;
}

/** What the run does next: a new endpoint, or a new config for the one that serves. */
export type EndpointResolution =
  | { action: "create"; retainCapacity: false }
  | { action: "update"; retainCapacity: boolean; previousConfig: string };

/** The endpoint cannot take a new config now. `name` is what the state machine's Retry matches. */
export class EndpointBusy extends Error {
  override readonly name = "EndpointBusy";
}

/** The endpoint will never take a new config: someone has to look, and delete it. */
export class EndpointFailed extends Error {
  override readonly name = "EndpointFailed";
}

/**
 * Whether the endpoint is to be created or updated, and whether an update keeps its capacity.
 *
 * @param runPrefix what the names of configs made by this pipeline start with; others cannot be read
 * @throws EndpointBusy while it is being created, updated, rolled back or deleted: a failed one of this pipeline's by this very
 * function.
 * @throws EndpointFailed when SageMaker allows nothing but DeleteEndpoint, and it may serve or is someone else's.
 */
export async function resolveEndpoint(
  sagemaker: SageMakerClient,
  runPrefix: string,
  { endpointName, instanceCount }: ResolveEndpointInput,
): Promise<EndpointResolution> {
  const endpoint = await ifThere(
    sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName })),
  );
  if (endpoint === undefined) return { action: "create", retainCapacity: false };
  const { EndpointStatus: status, EndpointConfigName: previousConfig = "" } = endpoint;
  const reason = endpoint.FailureReason ?? "SageMaker gives no reason";
  const needsHands = `endpoint ${endpointName} is ${status}: ${reason}. Delete it, then upload again`;
  switch (status) {
    case "InService":
    case "OutOfService":
      return {
        action: "update",
        retainCapacity: await keepsCapacity(sagemaker, runPrefix, previousConfig, instanceCount),
        previousConfig,
      };
    case "Failed":
      if (previousConfig.startsWith(runPrefix)) {
        // of a run that ended before its endpoint did: it serves nothing, and nothing else can be done with it
        await sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName }));
        throw new EndpointBusy(
          `endpoint ${endpointName} is Failed: ${reason}. It is being deleted`,
        );
      }
      throw new EndpointFailed(needsHands);
    case "UpdateRollbackFailed":
      throw new EndpointFailed(needsHands);
    default:
      throw new EndpointBusy(
        `endpoint ${endpointName} is ${status}: the run waits and tries again`,
      );
  }
}

/** A count that autoscaling or a person set stays; one that the user changed in the stack's config is applied. */
async function keepsCapacity(
  sagemaker: SageMakerClient,
  runPrefix: string,
  configName: string,
  instanceCount: number,
): Promise<boolean> {
  if (!configName.startsWith(runPrefix)) return true; // someone else's config says nothing of what this stack's said
  const config = await sagemaker.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: configName }),
  );
  return config.ProductionVariants?.[0]?.InitialInstanceCount === instanceCount;
}
