import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { environment } from "../environment.ts";
import type { ExecutionEndedEvent } from "./ended-event.ts";
import { closeRun } from "./logic.ts";

const clients = {
  s3: new S3Client({}),
  events: new EventBridgeClient({}),
  stepFunctions: new SFNClient({}),
  sagemaker: new SageMakerClient({}),
  glue: new GlueClient({}),
};
const options = {
  bucket: environment("BUCKET"),
  stack: environment("STACK"),
  pipeline: environment("PIPELINE"),
  runPrefix: environment("RUN_PREFIX"),
  endpointName: environment("ENDPOINT_NAME"),
  glueJob: environment("GLUE_JOB"),
};

export async function handler(event: ExecutionEndedEvent) {
  const closed = await closeRun(clients, options, event);
  console.info(JSON.stringify(closed));
  return closed;
}
