import type { CandidateConfig, TrainingSplit } from "../../../stacks/comparison-config.ts";
import { hasLocalStorage } from "../../aws-instance-types.ts";
import { comparisonLayout } from "../../comparison-layout.ts";
import { expression, literal } from "../jsonata.ts";
import { trainModelMaxSeconds } from "../train-model.ts";
import { trainingJob, trainingJobMaxSeconds } from "../training-job.ts";
import { tuneModelMaxSeconds } from "../tune-model.ts";
import { tuningJobConfig, tuningJobMaxSeconds } from "../tuning-job.ts";

export interface CandidateArgs {
  config: CandidateConfig;
  image: string;
  kmsKeyArn: string | undefined;
}

/**
 * What the definition says of one candidate, an item of its Map: whatever does not hang on the run, as the requests take it.
 * States stay the same however many candidates there are.
 */
export type CandidateItem = ReturnType<typeof candidateItem>;

export function candidateItem({ config, image, kmsKeyArn }: CandidateArgs) {
  const { training } = config;
  const job = trainingJob(jobArgs({ config, image, kmsKeyArn }), "");
  return {
    key: config.key,
    number: config.number,
    algorithm: config.algorithm.name,
    image,
    job: {
      AlgorithmSpecification: job.AlgorithmSpecification,
      ResourceConfig: job.ResourceConfig,
      StoppingCondition: job.StoppingCondition,
      HyperParameters: training.hyperparameters,
      EnableManagedSpotTraining: training.spot !== undefined,
    },
    ...(config.tuning && { tuning: tuningJobConfig(config.tuning) }),
    contentType: training.contentType,
    channels: Object.entries(training.channels).map(([name, split]) => ({ name, split })),
    format: config.format,
    requestContentType: config.requestContentType,
    answer: config.answer,
    endpointInstanceType: config.endpoint.instanceType,
    transformResources: {
      InstanceType: config.endpoint.instanceType,
      InstanceCount: 1,
      ...(kmsKeyArn !== undefined &&
        !hasLocalStorage(config.endpoint.instanceType) && { VolumeKmsKeyId: kmsKeyArn }),
    },
  };
}

/** Longest that one of its training jobs, or its tuning job, may take. */
export function candidateJobMaxSeconds(args: CandidateArgs): number {
  const { tuning } = args.config;
  const oneSeconds = trainingJobMaxSeconds(jobArgs(args));
  return tuning === undefined ? oneSeconds : tuningJobMaxSeconds(tuning, oneSeconds);
}

/** Longest that its training or tuning may take, over all attempts. */
export function candidateMaxSeconds(args: CandidateArgs): number {
  const maxSeconds = candidateJobMaxSeconds(args);
  return args.config.tuning === undefined
    ? trainModelMaxSeconds({ maxSeconds })
    : tuneModelMaxSeconds({ maxSeconds });
}

/** What of a pipeline's job does not hang on where the data are. */
function jobArgs({ config: { training }, image, kmsKeyArn }: CandidateArgs) {
  return {
    bucket: "",
    image,
    roleArn: "",
    channels: [],
    inputMode: training.inputMode,
    hyperparameters: training.hyperparameters,
    instanceType: training.instanceType,
    instanceCount: training.instanceCount,
    volumeSizeGib: training.volumeSizeGib,
    maxRuntimeSeconds: training.maxRuntimeMinutes * 60,
    spotMaxWaitSeconds: training.spot && training.spot.maxWaitMinutes * 60,
    checkpoints: false,
    metricDefinitions: training.metricDefinitions,
    network: undefined,
    kmsKeyArn,
  };
}

/** Key prefix of what a candidate of the run is trained on. @param candidate variable that has its item, or its result */
export function trainOf(candidate: string): string {
  const [before] = splitAround((title) => comparisonLayout.split(title, "csv", "train"));
  return expression(`${literal(before)} & $run.title & '/' & ${candidate}.format & '/train/'`);
}

/** Channels of the candidate at hand, `$candidate`, as a training job takes them. */
export function inputDataConfig(bucket: string): string {
  const [before, after] = splitAround((title) =>
    comparisonLayout.split(title, "csv", "train" satisfies TrainingSplit),
  );
  const uri = `${literal(`s3://${bucket}/${before}`)} & $run.title & '/' & $candidate.format & '/' & split & '/'`;
  if (after !== "/csv/train/") throw new Error(`splits are elsewhere: ${after}`);
  return expression(
    `[$candidate.channels.{'ChannelName': name, 'ContentType': $candidate.contentType, 'DataSource': {'S3DataSource': ` +
      `{'S3DataType': 'S3Prefix', 'S3Uri': ${uri}, 'S3DataDistributionType': 'FullyReplicated'}}}]`,
  );
}

function splitAround(make: (title: string) => string): [string, string] {
  const mark = "\u0000";
  const [before = "", after = ""] = make(mark).split(mark);
  return [before, after];
}
