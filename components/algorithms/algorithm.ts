import type { Comparable } from "./comparable.ts";
import type { HyperparameterSpec, VersionRange } from "./hyperparameter-spec.ts";
import type { InstanceAdvice } from "./instance-advice.ts";
import type { TuningFacts } from "./tuning-facts.ts";

/** One of SageMaker's built-in algorithms: the facts that config is checked against and pipelines are built from. */
export interface Algorithm {
  /** As config names it. */
  name: string;
  /** As people write it. */
  title: string;
  /** What it is for, one sentence without a full stop. */
  summary: string;
  tasks: readonly Task[];
  /** AWS's page about it. */
  documentation: string;
  /** Repository of its image, for `aws.sagemaker.getPrebuiltEcrImage`. */
  imageRepository: string;
  /** Oldest first: `since` and `until` elsewhere mean places in this list. */
  versions: readonly AlgorithmVersion[];
  defaultVersion: string;
  /** By name, in the order in which a training job lists them. */
  channels: Readonly<Record<string, ChannelSpec>>;
  /** Content types of the training channels, exactly as the container compares them. */
  contentTypes: readonly string[];
  /** Taken where config names none. */
  defaultContentType: string;
  /** How data may reach the container; `File` alone where nothing else is documented. */
  inputModes: readonly InputMode[];
  /** Content types that `Pipe` takes, where these are fewer. @default all */
  pipeContentTypes?: readonly string[];
  instances: InstanceAdvice;
  /**
   * Versions whose container writes checkpoints and goes on from them. Absent where none does.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
   */
  checkpoints?: VersionRange;
  hyperparameters: Readonly<Record<string, HyperparameterSpec>>;
  /** What holds between hyperparameters; told under their own names, in whatever spelling of the value config has. */
  rules: readonly HyperparameterRule[];
  /** Hyperparameters that decide which metrics a run emits: while one is wrong, the question waits. */
  metricsFollow: readonly string[];
  /** Empty where SageMaker reads none: then there can be no gate, and no tuning. */
  metrics: Readonly<Record<string, MetricSpec>>;
  /** Ranges that AWS recommends for a tuning job. */
  tunable: Readonly<Record<string, TunableRange>>;
  tuning?: TuningFacts;
  serving: ServingFormats;
  /** Absent where it cannot be a candidate of a comparison. */
  comparable?: Comparable;
  /** What users trip over, a sentence each; shown with the algorithm. */
  notes: readonly string[];
  example: AlgorithmExample;
}

export type Task =
  | "binary classification"
  | "multi-class classification"
  | "regression"
  | "ranking"
  | "survival analysis"
  | "clustering"
  | "dimensionality reduction"
  | "anomaly detection"
  | "embeddings"
  | "pair classification"
  | "pair regression"
  | "recommendation"
  | "text classification"
  | "topic modelling"
  | "sequence to sequence"
  | "forecasting"
  | "image classification"
  | "object detection"
  | "semantic segmentation";

export interface AlgorithmVersion {
  name: string;
  /** Tag of the image, where it is not the version's name. */
  imageTag?: string;
  /** Repository of the image, where it is not the algorithm's. */
  imageRepository?: string;
}

export interface ChannelSpec {
  /** What it holds, for people: a phrase. */
  description: string;
  /** Training does not start without it. */
  required?: true;
  /** Training does not start without it where its content type is one of these. */
  requiredFor?: readonly string[];
  /**
   * Its own content type, where it is not the training's. One with parameters stands only in for the same media type: a
   * labelled CSV test channel beside unlabelled CSV, not beside RecordIO.
   */
  contentType?: string;
  /** How several instances share its files, where several can train. @default FullyReplicated */
  distribution?: "FullyReplicated" | "ShardedByS3Key";
}

export type InputMode = "File" | "Pipe" | "FastFile";

/** A range of AWS's table of tunable hyperparameters. */
export type TunableRange =
  | { type: "continuous" | "integer"; min: number; max: number; scale?: "linear" | "logarithmic" }
  | { type: "categorical"; values: readonly string[] };

/** What an endpoint of it takes and answers. */
export interface ServingFormats {
  requests: readonly string[];
  /** The first is the default. */
  responses: readonly string[];
  /** A request in the first content type. */
  exampleRequest: string;
  /** The answer to it, in the default content type: its shape; the numbers differ. */
  exampleResponse: string;
}

/** A pipeline that trains, gates and serves with little: what `exampleConfig` puts into YAML. */
export interface AlgorithmExample {
  /** What the pipeline may be called. */
  pipeline: string;
  hyperparameters: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Absent where there can be no gate. */
  gate?: { metric: string; threshold: number };
  /** Channels that nothing feeds by itself, as config names them: `etl` or an S3 prefix. */
  channels?: Readonly<Record<string, string>>;
  /** ETL script of this project that writes its data. @default none does: one holds its place */
  script?: string;
  /** Of that script, beside those that a run gives it. @default none */
  etlArguments?: Readonly<Record<string, string | number>>;
  /** What it writes to the train channel: a phrase. */
  etlWrites: string;
}

/** What training is started with: hyperparameters as they go to the container. */
export interface TrainingRun {
  algorithm: Algorithm;
  version: string;
  hyperparameters: Readonly<Record<string, string>>;
  /** Of the train channel; absent while it is wrong or not known. */
  contentType?: string;
  /** Of all channels; absent while it is not known. */
  inputMode?: InputMode;
}

export type HyperparameterRule = (run: TrainingRun) => Finding | undefined;

/** Something wrong with one hyperparameter. */
export interface Finding {
  hyperparameter: string;
  /** What holds, as a sentence without a full stop. */
  rule: string;
  /** What to write instead. */
  remedy: string;
}

export interface MetricSpec extends VersionRange {
  /** Whether a smaller or a greater value is the better one. */
  direction: "min" | "max";
  /** What it measures, for people: a phrase. */
  description: string;
  /** Channel that must be fed for it to be emitted; `train` always is. */
  channel: string;
  /** Channel that must not be fed: the model is measured there instead. */
  notBeside?: string;
  /** Why a run does not emit it, or emits nonsense; `undefined` where it can be relied on. Default: always can. */
  whyNot?: (run: TrainingRun) => Omit<Finding, "hyperparameter"> | undefined;
}

/** Whether `version` lies in `range`, in the algorithm's order of versions. */
export function isInVersions(algorithm: Algorithm, version: string, range: VersionRange): boolean {
  const order = (name: string) => algorithm.versions.findIndex((known) => known.name === name);
  const place = order(version);
  return (
    (range.since === undefined || place >= order(range.since)) &&
    (range.until === undefined || place <= order(range.until))
  );
}

/** Whether a job of this algorithm that is interrupted can go on where it was. */
export function writesCheckpoints(algorithm: Algorithm, version: string): boolean {
  const { checkpoints } = algorithm;
  return checkpoints !== undefined && isInVersions(algorithm, version, checkpoints);
}

/** What `aws.sagemaker.getPrebuiltEcrImage` is asked for. */
export function prebuiltImage(algorithm: Algorithm, version: string) {
  const known = algorithm.versions.find(({ name }) => name === version);
  if (known === undefined) throw new RangeError(`${algorithm.title} has no version ${version}`);
  return {
    repositoryName: known.imageRepository ?? algorithm.imageRepository,
    imageTag: known.imageTag ?? known.name,
  };
}
