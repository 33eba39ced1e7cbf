import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { withFaults } from "../struck-run.ts";
import { patientUntil } from "./patient-until.ts";

/** Creates an endpoint and waits until it serves. */
export async function createEndpoint(
  sagemaker: SageMakerClient,
  EndpointName: string,
  EndpointConfigName: string,
): Promise<void> {
  await sagemaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }));
  await untilEndpointIs("InService", sagemaker, EndpointName);
}

/** Creates an endpoint that fails. */
export async function failEndpoint(
  bench: ExperimentCloud,
  EndpointName: string,
  EndpointConfigName: string,
): Promise<void> {
  const { sagemaker } = bench.clients;
  await withFaults(bench, ["create-endpoint-fails"], async () => {
    await sagemaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }));
    await untilEndpointIs("Failed", sagemaker, EndpointName);
  });
}

/** Deletes an endpoint that there may be, and waits until it is gone. */
export async function deleteEndpoint(
  sagemaker: SageMakerClient,
  EndpointName: string,
): Promise<void> {
  if ((await endpointStatus(sagemaker, EndpointName)) === undefined) return;
  await sagemaker.send(new DeleteEndpointCommand({ EndpointName }));
  await untilEndpointIs(undefined, sagemaker, EndpointName);
}

/** @returns undefined where there is none */
export async function endpointStatus(
  sagemaker: SageMakerClient,
  EndpointName: string,
): Promise<string | undefined> {
  return sagemaker.send(new DescribeEndpointCommand({ EndpointName })).then(
    ({ EndpointStatus }) => EndpointStatus,
    (error: Error) => {
      if (/Could not find endpoint/.test(error.message)) return undefined;
      throw error;
    },
  );
}

async function untilEndpointIs(
  status: string | undefined,
  sagemaker: SageMakerClient,
  name: string,
): Promise<void> {
  await patientUntil(
    `endpoint ${name}: ${status ?? "gone"}`,
    async () => (await endpointStatus(sagemaker, name)) === status || undefined,
  );
}
