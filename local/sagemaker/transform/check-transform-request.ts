import type { CreateTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import { parseS3Uri } from "../s3-uri.ts";
import { notSupported, refuseUnsupported } from "../supported-members.ts";
import { MAX_TOTAL_PAYLOAD_MB } from "./execution-parameters.ts";
import { csvFilter } from "./input-filter.ts";

// Kept and shown, without effect on a laptop: the instances, their volumes and keys.
const supported = {
  TransformJobName: true,
  ModelName: true,
  MaxConcurrentTransforms: true,
  ModelClientConfig: true,
  MaxPayloadInMB: true,
  BatchStrategy: true,
  Environment: true,
  TransformInput: {
    DataSource: { S3DataSource: { S3DataType: true, S3Uri: true } },
    ContentType: true,
    CompressionType: true,
    SplitType: true,
  },
  TransformOutput: { S3OutputPath: true, Accept: true, AssembleWith: true, KmsKeyId: true },
  TransformResources: { InstanceType: true, InstanceCount: true, VolumeKmsKeyId: true },
  DataProcessing: true,
  Tags: true,
} as const;

/**
 * Refuses what the local cloud would not do as AWS does.
 * @throws AwsError
 */
export function checkTransformRequest(request: CreateTransformJobRequest): void {
  refuseUnsupported(request, supported);
  const { TransformInput: input, TransformOutput: output, TransformResources: resources } = request;
  const source = input?.DataSource?.S3DataSource;
  if (source?.S3DataType !== "S3Prefix") {
    throw notSupported(`S3DataType ${source?.S3DataType}`, "use S3Prefix");
  }
  parseS3Uri(source.S3Uri as string, "TransformInput.DataSource.S3DataSource.S3Uri");
  parseS3Uri(output?.S3OutputPath as string, "TransformOutput.S3OutputPath");
  if ((input?.CompressionType ?? "None") !== "None") {
    throw notSupported(`TransformInput.CompressionType ${input?.CompressionType}`);
  }
  const split = input?.SplitType ?? "None";
  if (split !== "None" && split !== "Line") {
    throw notSupported(`TransformInput.SplitType ${split}`, "use None or Line");
  }
  if (resources?.InstanceCount !== 1) {
    throw notSupported(`TransformResources.InstanceCount ${resources?.InstanceCount}`, "use 1");
  }
  checkPayload(request, split);
  checkDataProcessing(request, split);
}

function checkPayload(request: CreateTransformJobRequest, split: "None" | "Line"): void {
  const { MaxPayloadInMB: payload = 6, MaxConcurrentTransforms: concurrent } = request;
  if (payload === 0) throw notSupported("MaxPayloadInMB 0 (HTTP chunked encoding)");
  if (payload > MAX_TOTAL_PAYLOAD_MB) {
    throw invalid(`MaxPayloadInMB must be at most ${MAX_TOTAL_PAYLOAD_MB}, it is ${payload}.`);
  }
  if ((concurrent ?? 1) * payload > MAX_TOTAL_PAYLOAD_MB) {
    throw invalid(
      `MaxConcurrentTransforms * MaxPayloadInMB must be at most ${MAX_TOTAL_PAYLOAD_MB}, it is ${concurrent} * ${payload}.`,
    );
  }
  if (request.BatchStrategy === "SingleRecord" && split === "None") {
    throw invalid("BatchStrategy SingleRecord needs a SplitType, as Line.");
  }
}

function checkDataProcessing(request: CreateTransformJobRequest, split: "None" | "Line"): void {
  const { InputFilter: filter = "$", OutputFilter: output = "$" } = request.DataProcessing ?? {};
  if (output !== "$") throw notSupported(`DataProcessing.OutputFilter ${output}`);
  if ((request.DataProcessing?.JoinSource ?? "None") !== "None") {
    throw notSupported(`DataProcessing.JoinSource ${request.DataProcessing?.JoinSource}`);
  }
  if (filter === "$") return;
  const type = request.TransformInput?.ContentType?.split(";")[0]?.trim().toLowerCase();
  if (type !== "text/csv" || split !== "Line" || csvFilter(filter) === undefined) {
    throw notSupported(
      `DataProcessing.InputFilter ${filter} on ${type ?? "input without ContentType"}, SplitType ${split}`,
      "indexes and slices of text/csv with SplitType Line are, as in $[1:]",
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
