import { normalize } from "node:path/posix";
import type { Channel, CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import { parseS3Uri } from "../s3-uri.ts";
import { notSupported, refuseUnsupported } from "../supported-members.ts";
import { CHECKPOINT_PATH } from "./checkpoints.ts";

// Kept and shown, without effect on a laptop: the instance and its volume and keys, VpcConfig, network
// isolation, encryption between instances (there is one), RetryStrategy (it is for AWS's own failures).
// A spot instance is reclaimed when the fault spot-interrupted says so.
const supported = {
  TrainingJobName: true,
  HyperParameters: true,
  AlgorithmSpecification: {
    TrainingImage: true,
    TrainingInputMode: true,
    MetricDefinitions: true,
    EnableSageMakerMetricsTimeSeries: true,
  },
  RoleArn: true,
  InputDataConfig: {
    ChannelName: true,
    DataSource: {
      S3DataSource: { S3DataType: true, S3Uri: true, S3DataDistributionType: true },
    },
    ContentType: true,
    CompressionType: true,
    RecordWrapperType: true,
    InputMode: true,
  },
  OutputDataConfig: { KmsKeyId: true, S3OutputPath: true, CompressionType: true },
  ResourceConfig: {
    InstanceType: true,
    InstanceCount: true,
    VolumeSizeInGB: true,
    VolumeKmsKeyId: true,
  },
  VpcConfig: true,
  StoppingCondition: {
    MaxRuntimeInSeconds: true,
    MaxWaitTimeInSeconds: true,
    MaxPendingTimeInSeconds: true,
  },
  Tags: true,
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: true,
  EnableManagedSpotTraining: true,
  CheckpointConfig: true,
  Environment: true,
  RetryStrategy: true,
  ProfilerConfig: { DisableProfiler: true },
} as const;

export interface CheckedRequest {
  image: string;
  /** S3OutputPath without slashes at its end. */
  outputPath: string;
}

/**
 * Refuses what the local cloud would not do as AWS does.
 * @throws AwsError
 */
export function checkTrainingRequest(request: CreateTrainingJobRequest): CheckedRequest {
  refuseUnsupported(request, supported);
  const { AlgorithmSpecification: algorithm, ResourceConfig: resources } = request;
  if (algorithm?.TrainingImage === undefined) {
    throw invalid("You must specify AlgorithmSpecification.TrainingImage.");
  }
  if (resources?.InstanceType === undefined || resources.InstanceCount === undefined) {
    throw invalid("You must specify ResourceConfig with InstanceType and InstanceCount.");
  }
  if (resources.InstanceCount !== 1) {
    throw notSupported(`ResourceConfig.InstanceCount ${resources.InstanceCount}`, "use 1");
  }
  if (request.OutputDataConfig?.CompressionType === "NONE") {
    throw notSupported("OutputDataConfig.CompressionType NONE", "use GZIP");
  }
  if (request.ProfilerConfig && !request.ProfilerConfig.DisableProfiler) {
    throw notSupported("ProfilerConfig", "set DisableProfiler");
  }
  const outputPath = String(request.OutputDataConfig?.S3OutputPath).replace(/\/+$/, "");
  parseS3Uri(outputPath, "OutputDataConfig.S3OutputPath");
  checkSpot(request);
  checkCheckpoints(request);
  checkChannels(request.InputDataConfig ?? [], algorithm.TrainingInputMode as string);
  return { image: algorithm.TrainingImage, outputPath };
}

function checkSpot(request: CreateTrainingJobRequest): void {
  const { MaxRuntimeInSeconds: run = 86_400, MaxWaitTimeInSeconds: wait } =
    request.StoppingCondition ?? {};
  if (request.EnableManagedSpotTraining) {
    if (wait === undefined || wait < run) {
      throw invalid(
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds",
      );
    }
  } else if (wait !== undefined) {
    throw invalid("MaxWaitTimeInSeconds should be set only if EnableManagedSpotTraining is true.");
  }
}

function checkCheckpoints(request: CreateTrainingJobRequest): void {
  const config = request.CheckpointConfig;
  if (!config) return;
  parseS3Uri(config.S3Uri as string, "CheckpointConfig.S3Uri");
  const path = config.LocalPath ?? CHECKPOINT_PATH;
  if (!normalize(path).startsWith("/opt/ml/")) {
    throw notSupported(`CheckpointConfig.LocalPath ${path}`, "use a path below /opt/ml");
  }
}

function checkChannels(channels: Channel[], mode: string): void {
  const names = channels.map((channel) => channel.ChannelName);
  if (new Set(names).size < names.length) {
    throw invalid(`The channel names must be unique: ${names.join(", ")}`);
  }
  for (const channel of channels) {
    const where = `InputDataConfig channel "${channel.ChannelName}"`;
    const source = channel.DataSource?.S3DataSource;
    if (!source) throw notSupported(`${where} without an S3DataSource`);
    if (source.S3DataType !== "S3Prefix") {
      throw notSupported(`${where}: S3DataType ${source.S3DataType}`, "use S3Prefix");
    }
    if ((channel.InputMode ?? mode) === "Pipe") {
      throw notSupported(`${where}: input mode Pipe`, "use File or FastFile");
    }
    if (channel.CompressionType === "Gzip") throw notSupported(`${where}: CompressionType Gzip`);
    if (channel.RecordWrapperType === "RecordIO") {
      throw notSupported(`${where}: RecordWrapperType RecordIO`);
    }
    parseS3Uri(source.S3Uri as string, where);
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
