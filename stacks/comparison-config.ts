import type { Answer } from "../components/algorithms/comparable.ts";
import type { AlgorithmName } from "../components/algorithms/index.ts";
import type { ComparisonMetric, ComparisonTask } from "../components/comparison-metrics.ts";
import type {
  DataConfig,
  EndpointConfig,
  EtlConfig,
  LogsConfig,
  TrainingConfig,
} from "./config.ts";
import type { TuningConfig } from "./tuning-config.ts";

/** Algorithms that learn from the same rows and are scored on the same others: one entry of `retraining:comparisons`. */
export interface ComparisonConfig {
  name: string;
  /** Whether it is deployed; checked it is in any case. */
  enabled: boolean;
  task: ComparisonTask;
  /** How many classes the task `multiclass` has, as candidates say; `undefined` where none of them has to be told. */
  classes: number | undefined;
  /** The score that decides. */
  metric: ComparisonMetric;
  /** Least gain over every other candidate that makes a winner, in the metric's unit. */
  margin: number;
  etl: EtlConfig;
  split: SplitConfig;
  /** 2 to 20, in the order of config. */
  candidates: CandidateConfig[];
  evaluation: EvaluationConfig;
  /** Candidates that are trained and scored at a time. */
  maxConcurrency: number;
  /** Whether a run trains on all uploads so far, rather than on the one that started it. */
  accumulate: boolean;
  promotion: PromotionConfig;
  data: DataConfig;
  logs: LogsConfig;
  /** Encrypts bucket, volumes and logs where set; else the keys that AWS owns. */
  kmsKeyArn: string | undefined;
}

/** Percent of the rows; they add up to 100. */
export interface SplitConfig {
  train: number;
  validation: number;
  test: number;
  seed: number;
}

/** A split of the data that a channel can be fed with. The test rows are for scores alone. */
export type TrainingSplit = "train" | "validation";

export interface CandidateConfig {
  /** As config calls it. */
  key: string;
  /** `c01` to `c20`. */
  number: string;
  algorithm: CandidateAlgorithm;
  training: CandidateTrainingConfig;
  /** What it reads of what ETL writes, in training and in requests. */
  format: CandidateFormat;
  /** `text/csv` or `text/libsvm`: of requests. */
  requestContentType: string;
  answer: Answer;
  endpoint: CandidateEndpointConfig;
  tuning: TuningConfig | undefined;
}

export type CandidateAlgorithm =
  | { name: AlgorithmName; version: string }
  | { name: AlgorithmName; uncheckedVersion: string };

export type CandidateFormat = "csv" | "libsvm";

export type CandidateTrainingConfig = Omit<TrainingConfig, "channels" | "tuning"> & {
  /** Which split each channel is fed with, in the order of the training job. */
  channels: Record<string, TrainingSplit>;
};

/** Of the endpoint, or the batch transform job, that answers for the test rows and is then deleted. */
export interface CandidateEndpointConfig {
  instanceType: string;
  /** Longest wait for it to be in service. */
  timeoutMinutes: number;
}

export interface EvaluationConfig {
  /** Through an endpoint for each candidate, or by batch transform. */
  by: "endpoint" | "batch";
  /** How many of the test rows are predicted. */
  samples: "all" | number;
  /** Bootstrap resamples behind each interval. */
  resamples: number;
  /** Of intervals, such as 0.95. */
  confidence: number;
  /** Of resamples and samples. */
  seed: number;
}

export interface PromotionConfig {
  /** Whether a clear winner goes to the endpoint. */
  enabled: boolean;
  endpoint: EndpointConfig;
  /** What the winner's score has to reach as well, in the metric's direction; `undefined`: winning is enough. */
  threshold: number | undefined;
}
