import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { environment } from "../environment.ts";
import { startRetraining } from "./logic.ts";
import type { ObjectCreatedEvent } from "./upload-event.ts";

const clients = { s3: new S3Client({}), stepFunctions: new SFNClient({}) };
const options = {
  bucket: environment("BUCKET"),
  stateMachineArn: environment("STATE_MACHINE_ARN"),
  extensions: environment("INPUT_EXTENSIONS").split(","),
  maxTitleLength: Number(environment("MAX_TITLE_LENGTH")),
};

export async function handler(event: ObjectCreatedEvent) {
  const result = await startRetraining(clients, options, event);
  const log = result.outcome === "refused" ? console.warn : console.info;
  log(JSON.stringify({ ...result, key: event.detail.object.key }));
  return result;
}
