import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { discardVersion } from "../discard-version.ts";
import { environment } from "../environment.ts";
import { pruneVersions } from "./logic.ts";

const clients = {
  sagemaker: new SageMakerClient({}),
  stepFunctions: new SFNClient({}),
  s3: new S3Client({}),
};
const options = {
  runPrefix: environment("RUN_PREFIX"),
  endpointName: environment("ENDPOINT_NAME"),
  keep: Number(environment("KEEP_VERSIONS")),
  stateMachineArn: environment("STATE_MACHINE_ARN"),
  bucket: environment("BUCKET"),
  runRetentionDays: Number(environment("RUN_RETENTION_DAYS")),
};

/** @param event `failed` when the version could not be deployed */
export function handler(event: { configName: string; failed?: boolean }) {
  const { configName, failed = false } = event;
  return failed
    ? discardVersion(clients.sagemaker, options.endpointName, configName)
    : pruneVersions(clients, options, configName, new Date());
}
