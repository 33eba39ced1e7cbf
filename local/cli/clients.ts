import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SFNClient } from "@aws-sdk/client-sfn";

export interface Clients {
  s3: S3Client;
  sfn: SFNClient;
  runtime: SageMakerRuntimeClient;
}

/** Clients as a user's own program would make them: nothing but the environment says that the cloud is local. */
export function createClients(environment: Record<string, string>): Clients {
  Object.assign(process.env, environment);
  return { s3: new S3Client({}), sfn: new SFNClient({}), runtime: new SageMakerRuntimeClient({}) };
}
