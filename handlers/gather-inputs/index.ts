import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../environment.ts";
import type { RunInput } from "../start-retraining/logic.ts";
import { gatherInputs } from "./logic.ts";

const s3 = new S3Client({});
const options = {
  bucket: environment("BUCKET"),
  extensions: environment("INPUT_EXTENSIONS").split(","),
  split: { percent: environment("SPLIT"), seed: environment("SEED") },
};

export function handler(run: RunInput) {
  return gatherInputs(s3, options, run);
}
