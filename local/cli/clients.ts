import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { LocalCloud } from "../local-cloud.ts";
import { attemptsWhileRestarting } from "../ministack/while-restarting.ts";

export interface Clients {
  s3: S3Client;
  sfn: SFNClient;
  sqs: SQSClient;
  runtime: SageMakerRuntimeClient;
  sagemaker: SageMakerClient;
}

/**
 * Clients of the local cloud. Everything is said outright: an AWS_PROFILE, a session token or another service's endpoint in the
 * user's environment would come before the environment's keys, and the user's own would be sent.
 */
export function createClients({
  url,
  region,
  credentials,
  environment,
}: Pick<LocalCloud, "url" | "region" | "credentials" | "environment">): Clients {
  const common = { region, credentials, maxAttempts: attemptsWhileRestarting };
  const sagemakerUrl = environment["AWS_ENDPOINT_URL_SAGEMAKER"] ?? url;
  const runtimeUrl = environment["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] ?? url;
  return {
    s3: new S3Client({ ...common, endpoint: url, forcePathStyle: true }),
    sfn: new SFNClient({ ...common, endpoint: url }),
    sqs: new SQSClient({ ...common, endpoint: url }),
    runtime: new SageMakerRuntimeClient({ ...common, endpoint: runtimeUrl }),
    sagemaker: new SageMakerClient({ ...common, endpoint: sagemakerUrl }),
  };
}
