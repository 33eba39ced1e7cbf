import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { attemptsWhileRestarting } from "../ministack/while-restarting.ts";

/** Where the local cloud is, and whose account and region it stands for. */
export interface CloudEndpoint {
  /** On 127.0.0.1. */
  endpointUrl: string;
  region: string;
  /** Twelve digits. */
  accountId: string;
  /** Keys that requests are signed with. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Folder of what outlives the cloud's process: images are kept in it. @default none: no images can be built */
  stateDir?: string;
}

export interface Clients {
  cloudwatch: CloudWatchClient;
  ecr: ECRClient;
  events: EventBridgeClient;
  glue: GlueClient;
  iam: IAMClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  sfn: SFNClient;
  sqs: SQSClient;
  sts: STSClient;
}

export function createClients({ endpointUrl, region, credentials }: CloudEndpoint): Clients {
  const config = {
    endpoint: endpointUrl,
    region,
    credentials,
    maxAttempts: attemptsWhileRestarting,
  };
  return {
    cloudwatch: new CloudWatchClient(config),
    ecr: new ECRClient(config),
    events: new EventBridgeClient(config),
    glue: new GlueClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sfn: new SFNClient(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
  };
}

export function closeClients(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}
