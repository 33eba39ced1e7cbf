import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../environment.ts";
import { type WriteSchemaInput, writeSchema } from "./logic.ts";

const s3 = new S3Client({});
const bucket = environment("BUCKET");

export function handler(input: WriteSchemaInput) {
  return writeSchema(s3, bucket, input);
}
