import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { environment } from "../environment.ts";
import { type ResolveEndpointInput, resolveEndpoint } from "./logic.ts";

const sagemaker = new SageMakerClient({});
const runPrefix = environment("RUN_PREFIX");

export function handler(input: ResolveEndpointInput) {
  return resolveEndpoint(sagemaker, runPrefix, input);
}
