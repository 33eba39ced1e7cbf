import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../environment.ts";
import type { RunInput } from "../start-retraining/logic.ts";
import { gatherInputs } from "./logic.ts";
import type { Split } from "./pin-split.ts";

const s3 = new S3Client({});
const options = {
  bucket: environment("BUCKET"),
  extensions: environment("INPUT_EXTENSIONS").split(","),
};

export function handler(input: { run: RunInput; split: Split }) {
  return gatherInputs(s3, options, input);
}
