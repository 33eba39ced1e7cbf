import { hasLocalStorage } from "../aws-instance-types.ts";
import { bucketLayout } from "../bucket-layout.ts";
import { vpcConfig } from "../network-access.ts";
import type { KnownContext } from "../pipeline-context.ts";
import { expression, literal, withTitle } from "./jsonata.ts";
import { sageMakerQuota, sageMakerTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

/** One channel of a training job and what feeds it. */
export interface TrainingChannel {
  name: string;
  /** Key prefix of its data in the pipeline's bucket, for a run's title; or the `s3://` URI of data that no run makes. */
  source: { folder: (title: string) => string } | { uri: string };
  contentType: string;
  distribution: "FullyReplicated" | "ShardedByS3Key";
}

export interface TrainModelArgs extends Flow {
  partition: string;
  bucket: string;
  /** `<base>--`: what every job's name starts with. */
  runPrefix: string;
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

/** Attempts at one training before want of capacity fails the run. */
const maxAttempts = 5;
const capacityWaitSeconds = 300;

/** Longest time for SageMaker to find and start instances, which a job's own limit leaves out. */
const startSlackSeconds = 3600;

/** Longest that the block can take, over all attempts. */
export function trainModelMaxSeconds(args: TrainModelArgs): number {
  return maxAttempts * (taskSeconds(args) + capacityWaitSeconds);
}

/**
 * A training job; when SageMaker had no capacity or an error of its own, another one after a wait.
 *
 * A job that started and failed cannot be started again under its name: the attempt is part of it. Retry counts too,
 * because a retried call may have created the job whose answer was lost.
 */
export function trainModel(args: TrainModelArgs): States {
  const attempt = "($attempt + $states.context.State.RetryCount)";
  const caught = catchAll("TrainingFailed", "Is Training Retriable?");
  return {
    "Train Model": task({
      integration: "sagemaker:createTrainingJob.sync",
      partition: args.partition,
      arguments: trainingJob(
        args,
        expression(`${literal(args.runPrefix)} & $title & '-a' & $string(${attempt})`),
      ),
      timeoutSeconds: taskSeconds(args),
      retry: [sageMakerQuota, sageMakerTransient],
      assign: { training: expression(trainingResult) },
      catch: [{ ...caught, Assign: { ...caught.Assign, attempt: expression(`${attempt} + 1`) } }],
      next: args.next,
    }),
    "Is Training Retriable?": {
      Type: "Choice",
      Choices: [
        {
          // SageMaker starts a job's FailureReason with the error's name
          Condition: expression(
            "$exists($failure.caught.Cause) and $contains($failure.caught.Cause, /CapacityError|InternalServerError/)" +
              ` and $attempt <= ${maxAttempts}`,
          ),
          Assign: { failure: {} },
          Next: "Wait For Capacity",
        },
      ],
      Default: args.onFailure,
    },
    "Wait For Capacity": { Type: "Wait", Seconds: capacityWaitSeconds, Next: "Train Model" },
  };
}

function taskSeconds(args: TrainModelArgs): number {
  return (args.spotMaxWaitSeconds ?? args.maxRuntimeSeconds) + startSlackSeconds;
}

const trainingResult =
  "{'jobName': $states.result.TrainingJobName, 'status': $states.result.TrainingJobStatus, " +
  "'reason': $states.result.FailureReason, 'image': $states.result.AlgorithmSpecification.TrainingImage, " +
  "'startedAt': $states.result.CreationTime, 'seconds': $states.result.TrainingTimeInSeconds, " +
  "'billableSeconds': $states.result.BillableTimeInSeconds, 'hyperparameters': $states.result.HyperParameters, " +
  "'metrics': $merge([{}, $states.result.FinalMetricDataList.{MetricName: Value}]), " +
  "'modelArtifact': $states.result.ModelArtifacts.S3ModelArtifacts}";

function trainingJob(args: TrainModelArgs, name: string) {
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
