import { hasLocalStorage } from "../aws-instance-types.ts";
import { bucketLayout } from "../bucket-layout.ts";
import { vpcConfig } from "../network-access.ts";
import type { KnownContext } from "../pipeline-context.ts";
import { withTitle } from "./jsonata.ts";

/** One channel of a training job and what feeds it. */
export interface TrainingChannel {
  name: string;
  /** Key prefix of its data in the pipeline's bucket, for a run's title; or the `s3://` URI of data that no run makes. */
  source: { folder: (title: string) => string } | { uri: string };
  contentType: string;
  distribution: "FullyReplicated" | "ShardedByS3Key";
}

/** The training job of a run. */
export interface TrainingJobArgs {
  bucket: string;
  image: string;
  roleArn: string;
  channels: TrainingChannel[];
  inputMode: "File" | "Pipe" | "FastFile";
  hyperparameters: Record<string, string>;
  instanceType: string;
  instanceCount: number;
  volumeSizeGib: number;
  maxRuntimeSeconds: number;
  /** Managed spot training: the longest wait for capacity and training together. */
  spotMaxWaitSeconds: number | undefined;
  /** Whether the container's checkpoints are kept: with the run, so that a further attempt goes on from them. */
  checkpoints: boolean;
  /** Of a container that is not SageMaker's own. */
  metricDefinitions: readonly { name: string; regex: string }[];
  network: KnownContext["network"];
  kmsKeyArn: string | undefined;
}

/** The longest that it may take, waiting for spot capacity included. */
export function trainingJobMaxSeconds(args: TrainingJobArgs): number {
  return args.spotMaxWaitSeconds ?? args.maxRuntimeSeconds;
}

/** Request of CreateTrainingJob. */
export function trainingJob(args: TrainingJobArgs, name: string) {
  const uri = (key: (title: string) => string) =>
    withTitle((title) => `s3://${args.bucket}/${key(title)}`);
  const spot = args.spotMaxWaitSeconds;
  return {
    TrainingJobName: name,
    AlgorithmSpecification: {
      TrainingImage: args.image,
      TrainingInputMode: args.inputMode,
      ...(args.metricDefinitions.length > 0 && {
        MetricDefinitions: args.metricDefinitions.map(({ name, regex }) => ({
          Name: name,
          Regex: regex,
        })),
      }),
    },
    RoleArn: args.roleArn,
    InputDataConfig: args.channels.map((channel) => ({
      ChannelName: channel.name,
      ContentType: channel.contentType,
      DataSource: {
        S3DataSource: {
          S3DataType: "S3Prefix",
          S3Uri: "uri" in channel.source ? channel.source.uri : uri(channel.source.folder),
          S3DataDistributionType: channel.distribution,
        },
      },
    })),
    OutputDataConfig: {
      S3OutputPath: uri(bucketLayout.model),
      ...(args.kmsKeyArn !== undefined && { KmsKeyId: args.kmsKeyArn }),
    },
    ResourceConfig: {
      InstanceType: args.instanceType,
      InstanceCount: args.instanceCount,
      VolumeSizeInGB: args.volumeSizeGib,
      ...(args.kmsKeyArn !== undefined &&
        !hasLocalStorage(args.instanceType) && { VolumeKmsKeyId: args.kmsKeyArn }),
    },
    StoppingCondition: {
      MaxRuntimeInSeconds: args.maxRuntimeSeconds,
      ...(spot !== undefined && { MaxWaitTimeInSeconds: spot }),
    },
    HyperParameters: args.hyperparameters,
    ...vpcConfig(args.network),
    EnableNetworkIsolation: true,
    // between instances only: with one there is no traffic, and SageMaker takes longer for it
    EnableInterContainerTrafficEncryption: args.instanceCount > 1,
    ...(spot !== undefined && { EnableManagedSpotTraining: true }),
    ...(args.checkpoints && { CheckpointConfig: { S3Uri: uri(bucketLayout.checkpoints) } }),
  };
}
