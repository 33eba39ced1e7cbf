import type { AlgorithmName } from "../components/algorithms/index.ts";

/** What a stack's config says, checked and complete: everything below may rely on it. */
export interface StackConfig {
  stack: string;
  region: string;
  pipelines: PipelineConfig[];
}

export interface PipelineConfig {
  name: string;
  /** A built-in algorithm of the catalogue, or the full registry path of a training and serving image. */
  algorithm: { name: AlgorithmName; version: string } | { image: string };
  etl: EtlConfig;
  training: TrainingConfig;
  validation: ValidationConfig;
  endpoint: EndpointConfig;
  data: DataConfig;
  logs: LogsConfig;
  /** Encrypts bucket, volumes and logs where set; else the keys that AWS owns. */
  kmsKeyArn: string | undefined;
}

export interface EtlConfig {
  /** Path of the Glue script, relative to the project. */
  script: string;
  timeoutMinutes: number;
  workerType: string;
  workerCount: number;
  /** Arguments of the script beyond those that every run passes, names without the leading `--`. */
  arguments: Record<string, string>;
}

export interface TrainingConfig {
  contentType: string;
  instanceType: string;
  instanceCount: number;
  volumeSizeGib: number;
  maxRuntimeMinutes: number;
  /** As the container takes them: strings. */
  hyperparameters: Record<string, string>;
  /** Managed spot training; `maxWaitMinutes` counts waiting and training together. */
  spot: { maxWaitMinutes: number } | undefined;
}

export type ValidationConfig =
  | { enabled: true; metric: string; direction: "min" | "max"; threshold: number }
  | { enabled: false };

export interface EndpointConfig {
  name: string;
  instanceType: string;
  instanceCount: number;
  /** Models and endpoint configs kept, the serving one included. */
  keepVersions: number;
  /** Longest wait for the endpoint to serve the new model. */
  timeoutMinutes: number;
}

export interface DataConfig {
  /** Whether `pulumi destroy` deletes a bucket that still holds objects. */
  forceDestroy: boolean;
  /** Days until the outputs of a run expire. */
  runRetentionDays: number;
}

export interface LogsConfig {
  retentionDays: number;
}
