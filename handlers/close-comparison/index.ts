import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { growingPauses } from "../clean-up-runs/until-none.ts";
import type { ExecutionEndedEvent } from "../close-run/ended-event.ts";
import type { ComparisonRules } from "../compare-candidates/logic.ts";
import { environment } from "../environment.ts";
import { closeComparison } from "./logic.ts";

const clients = {
  s3: new S3Client({}),
  events: new EventBridgeClient({}),
  sagemaker: new SageMakerClient({}),
  glue: new GlueClient({}),
  logs: new CloudWatchLogsClient({}),
};
const options = {
  bucket: environment("BUCKET"),
  stack: environment("STACK"),
  comparison: environment("COMPARISON"),
  runPrefix: environment("RUN_PREFIX"),
  candidatePrefix: environment("CANDIDATE_PREFIX"),
  tuningPrefix: process.env["TUNING_PREFIX"],
  logRetentionDays: Number(environment("LOG_RETENTION_DAYS")),
  candidateCount: Number(environment("CANDIDATE_COUNT")),
  endpointName: environment("ENDPOINT_NAME"),
  glueJob: environment("GLUE_JOB"),
  rules: JSON.parse(environment("RULES")) as ComparisonRules,
};

export async function handler(
  event: ExecutionEndedEvent,
  context: { getRemainingTimeInMillis(): number },
) {
  const pause = growingPauses(() => context.getRemainingTimeInMillis());
  const closed = await closeComparison(clients, options, event, pause);
  console.info(JSON.stringify(closed));
  return closed;
}
