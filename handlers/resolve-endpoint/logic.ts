import type { S3Client } from "@aws-sdk/client-s3";
import {
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { findRun } from "../executions.ts";
import { ifThere } from "../if-there.ts";
import type { RunInput } from "../start-retraining/logic.ts";
import { takeTurn } from "./deployment-turn.ts";
import { isNewer } from "./is-newer.ts";
import { keepsCapacity } from "./keeps-capacity.ts";

export interface Clients {
  sagemaker: SageMakerClient;
  stepFunctions: SFNClient;
  s3: S3Client;
}

export interface ResolveEndpointOptions {
  /** What the names of configs made by this pipeline start with; others cannot be read. */
  runPrefix: string;
  stateMachineArn: string;
  bucket: string;
}

export interface ResolveEndpointInput {
  endpointName: string;
  /** Instances that the stack's config asks for. */
  instanceCount: number;
  run: Pick<RunInput, "title" | "key" | "uploadedAt" | "sequencer">;
}

/** What the run does next: a new endpoint, a new config for the one that serves, or nothing. */
export type EndpointResolution =
  | { action: "create" | "update"; retainCapacity: boolean; newer: null }
  | { action: "superseded"; retainCapacity: false; newer: NewerVersion };

/** What serves already, made from an input that was uploaded after this run's. */
export interface NewerVersion {
  title: string;
  uploadedAt: string;
  configName: string;
}

/** The endpoint cannot take a new config now. `name` is what the state machine's Retry matches. */
export class EndpointBusy extends Error {
  override readonly name = "EndpointBusy";
}

/** The endpoint will never take a new config: someone has to look, and delete it. */
export class EndpointFailed extends Error {
  override readonly name = "EndpointFailed";
}

/**
 * Whether the endpoint is to be created or updated, whether an update keeps its capacity, and whether a newer input's model
 * serves already: then this run's comes too late. One run at a time is told to deploy.
 *
 * @throws DeploymentUnderWay while another run of this pipeline deploys.
 * @throws EndpointBusy while it is being created, updated, rolled back or deleted: a failed one of this pipeline's by this very
 * function.
 * @throws EndpointFailed when SageMaker allows nothing but DeleteEndpoint, and it may serve or is someone else's.
 */
export async function resolveEndpoint(
  clients: Clients,
  options: ResolveEndpointOptions,
  input: ResolveEndpointInput,
): Promise<EndpointResolution> {
  const { stepFunctions } = clients;
  const { bucket, stateMachineArn } = options;
  // before it waits for a turn too: of hundreds that wait, those that are too late go at once
  const early = await newerVersion(clients, options, input, await look(clients, input));
  if (early) return superseded(early);
  await takeTurn(clients.s3, bucket, input.run.title, async (title) => {
    return (await findRun(stepFunctions, stateMachineArn, title))?.isRunning ?? false;
  });
  const endpoint = await look(clients, input);
  const late = await newerVersion(clients, options, input, endpoint);
  if (late) return superseded(late);
  return resolve(clients, options, input, endpoint);
}

function superseded(newer: NewerVersion): EndpointResolution {
  return { action: "superseded", retainCapacity: false, newer };
}

function look({ sagemaker }: Clients, { endpointName }: ResolveEndpointInput) {
  return ifThere(sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName })));
}

/**
 * The version that serves, if its run's input is newer. A run that Step Functions has forgotten ended 90 days ago: its input
 * is older.
 */
async function newerVersion(
  { stepFunctions }: Clients,
  { runPrefix, stateMachineArn }: ResolveEndpointOptions,
  { run }: ResolveEndpointInput,
  endpoint: DescribeEndpointOutput | undefined,
): Promise<NewerVersion | undefined> {
  const { EndpointStatus: status, EndpointConfigName: configName } = endpoint ?? {};
  if (status !== "InService" || !configName?.startsWith(runPrefix)) return undefined;
  const title = configName.slice(runPrefix.length);
  if (title === run.title) return undefined;
  const serving = await findRun(stepFunctions, stateMachineArn, title);
  if (serving === undefined || !isNewer(serving.input, run)) return undefined;
  return { title, uploadedAt: serving.input.uploadedAt, configName };
}

async function resolve(
  { sagemaker }: Clients,
  { runPrefix }: ResolveEndpointOptions,
  { endpointName, instanceCount }: ResolveEndpointInput,
  endpoint: DescribeEndpointOutput | undefined,
): Promise<EndpointResolution> {
  if (endpoint === undefined) return { action: "create", retainCapacity: false, newer: null };
  const { EndpointStatus: status, EndpointConfigName: configName = "" } = endpoint;
  const reason = endpoint.FailureReason ?? "SageMaker gives no reason";
  const needsHands = `endpoint ${endpointName} is ${status}: ${reason}. Delete it, then upload again`;
  switch (status) {
    case "InService":
    case "OutOfService": {
      const retainCapacity = await keepsCapacity(sagemaker, runPrefix, configName, instanceCount);
      return { action: "update", retainCapacity, newer: null };
    }
    case "Failed":
      if (configName.startsWith(runPrefix)) {
        // of a run that ended before its endpoint did: it serves nothing, and nothing else can be done with it; who closes
        // that run may have been faster
        await ifThere(sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName })));
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
