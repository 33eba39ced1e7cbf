import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { LocalCloud } from "../../local/local-cloud.ts";
import { attemptsWhileRestarting } from "../../local/ministack/while-restarting.ts";

export type CloudClients = ReturnType<typeof cloudClients>;

/** Clients with the keys that the cloud gives to its user. */
export function cloudClients(cloud: Pick<LocalCloud, "url" | "region" | "environment">) {
  const client = {
    endpoint: cloud.url,
    region: cloud.region,
    credentials: {
      accessKeyId: cloud.environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: cloud.environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
    maxAttempts: attemptsWhileRestarting,
  };
  return {
    s3: new S3Client({ ...client, forcePathStyle: true }),
    sfn: new SFNClient(client),
    sagemaker: new SageMakerClient(client),
    // What an endpoint answers is seen as it is, without another try.
    runtime: new SageMakerRuntimeClient({ ...client, maxAttempts: 1 }),
    glue: new GlueClient(client),
    lambda: new LambdaClient(client),
    logs: new CloudWatchLogsClient(client),
    sqs: new SQSClient(client),
    events: new EventBridgeClient(client),
    iam: new IAMClient(client),
  };
}
