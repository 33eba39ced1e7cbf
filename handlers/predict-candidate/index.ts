import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { environment } from "../environment.ts";
import { type PredictRequest, predictCandidate } from "./logic.ts";

const clients = { s3: new S3Client({}), runtime: new SageMakerRuntimeClient({}) };
const bucket = environment("BUCKET");

export function handler(request: PredictRequest) {
  return predictCandidate(clients, bucket, request);
}
