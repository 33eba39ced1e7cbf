import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { environment } from "../environment.ts";
import type { ComparisonState } from "./comparison-state.ts";
import { recordComparison } from "./logic.ts";

const clients = {
  s3: new S3Client({}),
  events: new EventBridgeClient({}),
  sagemaker: new SageMakerClient({}),
  logs: new CloudWatchLogsClient({}),
};
const options = {
  bucket: environment("BUCKET"),
  stack: environment("STACK"),
  comparison: environment("COMPARISON"),
};

export function handler(state: ComparisonState) {
  return recordComparison(clients, options, state, new Date());
}
