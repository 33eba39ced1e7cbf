import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../environment.ts";
import { recordRun } from "./logic.ts";
import type { RunState } from "./run-state.ts";

const clients = { s3: new S3Client({}), events: new EventBridgeClient({}) };
const options = {
  bucket: environment("BUCKET"),
  stack: environment("STACK"),
  pipeline: environment("PIPELINE"),
};

export function handler(state: RunState) {
  return recordRun(clients, options, state, new Date());
}
