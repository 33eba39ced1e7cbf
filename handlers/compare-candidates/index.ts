import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../environment.ts";
import { type CompareRequest, compareCandidates } from "./logic.ts";

const s3 = new S3Client({});
const bucket = environment("BUCKET");

export function handler(request: CompareRequest) {
  return compareCandidates(s3, bucket, request);
}
