import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

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
 * Only SageMaker's own "Could not find endpoint" means that there is none. Anything else, an access error above all,
 * is thrown: taking it for absence would try to create an endpoint that exists.
 *
 * @param runPrefix what the names of configs made by this pipeline start with; others cannot be read
 * @throws EndpointBusy while it is being created, updated, rolled back or deleted.
 * @throws EndpointFailed when SageMaker allows nothing but DeleteEndpoint.
 */
export async function resolveEndpoint(
  sagemaker: SageMakerClient,
  runPrefix: string,
  { endpointName, instanceCount }: ResolveEndpointInput,
): Promise<EndpointResolution> {
  const endpoint = await describeEndpoint(sagemaker, endpointName);
  if (endpoint === undefined) return { action: "create", retainCapacity: false };
  const { EndpointStatus: status, EndpointConfigName: previousConfig = "" } = endpoint;
  switch (status) {
    case "InService":
    case "OutOfService":
      return {
        action: "update",
        retainCapacity: await keepsCapacity(sagemaker, runPrefix, previousConfig, instanceCount),
        previousConfig,
      };
    case "Failed":
    case "UpdateRollbackFailed":
      throw new EndpointFailed(
        `endpoint ${endpointName} is ${status}: ${endpoint.FailureReason ?? "SageMaker gives no reason"}. ` +
          "Delete it, then upload again",
      );
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

async function describeEndpoint(sagemaker: SageMakerClient, endpointName: string) {
  try {
    return await sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

// SageMaker has no error of its own for an endpoint that is not there: a ValidationException with this text is all.
function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "ValidationException" &&
    error.message.startsWith("Could not find endpoint")
  );
}
