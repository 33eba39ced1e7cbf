import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { environment } from "../environment.ts";
import { type ResolveEndpointInput, resolveEndpoint } from "./logic.ts";

const clients = {
  sagemaker: new SageMakerClient({}),
  stepFunctions: new SFNClient({}),
  s3: new S3Client({}),
};
const options = {
  runPrefix: environment("RUN_PREFIX"),
  stateMachineArn: environment("STATE_MACHINE_ARN"),
  bucket: environment("BUCKET"),
};

export function handler(input: ResolveEndpointInput) {
  return resolveEndpoint(clients, options, input);
}
