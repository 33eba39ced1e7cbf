import type { InputMode } from "../components/algorithms/algorithm.ts";
import type { AlgorithmName } from "../components/algorithms/index.ts";
import { namePattern } from "../components/names.ts";
import { checkEndpointNames } from "./check-endpoint-names.ts";
import { checkSettings } from "./check-settings.ts";
import type { ComparisonConfig } from "./comparison-config.ts";
import { ConfigError, type Problem } from "./config-error.ts";
import type { Report, Warning } from "./config-report.ts";
import { readComparison } from "./read-comparison.ts";
import { readEntries } from "./read-entries.ts";
import { readNetwork } from "./read-network.ts";
import { readPipeline } from "./read-pipeline.ts";
import type { TuningConfig } from "./tuning-config.ts";

/** What a stack's config says, checked and complete: everything below may rely on it. */
export interface StackConfig {
  stack: string;
  region: string;
  pipelines: PipelineConfig[];
  comparisons: ComparisonConfig[];
  /** What training, models and endpoints of all pipelines run in; `undefined`: no network of the account's. */
  network: NetworkConfig | undefined;
  /** What holds and may still not be what was meant; of pipelines that are deployed. */
  warnings: Warning[];
}

/** What a pipeline trains with. */
export type AlgorithmConfig =
  /** A built-in algorithm of the catalogue, in a version that the catalogue knows. */
  | { name: AlgorithmName; version: string }
  /** The same in a version that it does not know. */
  | { name: AlgorithmName; uncheckedVersion: string }
  /** Full registry path of an image that trains and serves. */
  | { image: string }
  /** Folder of the project that such an image is built from. */
  | { container: string };

/** A private network: made by the stack, or there already. */
export type NetworkConfig =
  | {
      create: {
        cidrBlock: string;
        /** How many, or which. */
        availabilityZones: number | string[];
        natGateways: "none" | "single" | "onePerAz";
      };
    }
  | { subnetIds: string[]; securityGroupIds: string[] };

export interface PipelineConfig {
  name: string;
  /** Whether it is deployed; checked it is in any case. */
  enabled: boolean;
  algorithm: AlgorithmConfig;
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
  /** Of every channel that the algorithm gives none of its own. */
  contentType: string;
  /** How data reach the container: copied before training, or read while it runs. */
  inputMode: InputMode;
  instanceType: string;
  instanceCount: number;
  volumeSizeGib: number;
  maxRuntimeMinutes: number;
  /** As the container takes them: strings. Those that config asks not to check are among them. */
  hyperparameters: Record<string, string>;
  /** Everything that is fed, by channel, in the order of the training job. */
  channels: Record<string, ChannelSource>;
  /** What SageMaker reads from the log of a container that is not its own. */
  metricDefinitions: MetricDefinition[];
  /** Managed spot training; `maxWaitMinutes` counts waiting and training together. */
  spot: { maxWaitMinutes: number } | undefined;
  /** Whether SageMaker keeps what the container writes to its checkpoint folder, and gives it back to a job that starts again. */
  checkpoints: boolean;
  /** Many trainings in place of one, of which the best one's model goes on. */
  tuning: TuningConfig | undefined;
}

export interface MetricDefinition {
  name: string;
  /** Its first group is the value. */
  regex: string;
}

/** `etl`: what the ETL script writes for the channel. Else an `s3://` URI, whose data are the same in every run. */
export type ChannelSource = "etl" | `s3://${string}`;

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
  /** Whether the endpoint goes when it is renamed, or when its pipeline is destroyed or taken out of config. */
  deleteOnDestroy: boolean;
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

export interface RawStackConfig {
  /** Name of the stack, as in `Pulumi.<stack>.yaml`. */
  stack: string;
  /** `aws:region`. */
  region: string | undefined;
  /** Every setting of the stack, `project:key`: those of the program that it does not know are mistakes. @default none */
  settings?: readonly string[];
  /** `retraining:pipelines`, as YAML gave it. @default none */
  pipelines?: unknown;
  /** `retraining:comparisons`, likewise. @default none */
  comparisons?: unknown;
  /** `retraining:network`, likewise. @default none */
  network?: unknown;
  /** Folder that ETL scripts are relative to. */
  projectRoot: string;
}

/**
 * Checks a stack's config and fills in its defaults.
 *
 * @throws ConfigError with every mistake there is.
 */
export function parseStackConfig(raw: RawStackConfig): StackConfig {
  const report: Report = { problems: [], warnings: [] };
  const { problems } = report;
  const { stack, projectRoot } = raw;
  checkStack(stack, problems);
  checkSettings(raw.settings ?? [], problems);
  const region = readRegion(raw.region, problems);
  const network = readNetwork(region, raw.network, problems);
  const surroundings = { stack, region, projectRoot };
  const entries = readEntries(raw, problems);
  const pipelines = entries.pipelines.map(([name, pipeline]) =>
    readPipeline(surroundings, name, pipeline, report),
  );
  const comparisons = entries.comparisons.map(([name, comparison]) =>
    readComparison(surroundings, name, comparison, report),
  );
  checkEndpointNames({ pipelines, comparisons }, problems);
  if (problems.length > 0 || region === undefined) throw new ConfigError(stack, problems);
  const warnings = warningsOf(report, pipelines, comparisons);
  return { stack, region, pipelines, comparisons, network, warnings };
}

function warningsOf(
  { warnings }: Report,
  pipelines: readonly PipelineConfig[],
  comparisons: readonly ComparisonConfig[],
): Warning[] {
  if ([...pipelines, ...comparisons].some(({ enabled }) => enabled)) return warnings;
  const every = [
    ...(pipelines.length > 0 ? ["pipeline"] : []),
    ...(comparisons.length > 0 ? ["comparison"] : []),
  ].join(" and ");
  const message = `every ${every} has enabled: false: nothing is deployed, and what was is deleted`;
  return [{ path: pipelines.length > 0 ? "pipelines" : "comparisons", message }];
}

function checkStack(stack: string, problems: Problem[]) {
  if (namePattern.test(stack)) return;
  problems.push({
    path: "stack",
    received: stack,
    rule: "a name of lower-case letters, digits and single hyphens, a letter first: AWS names start with it",
    remedy: "make a stack with such a name (pulumi stack init dev)",
  });
}

function readRegion(region: string | undefined, problems: Problem[]): string | undefined {
  if (region !== undefined && /^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) return region;
  const remedy = "add aws:region: us-east-2, or your region, below config";
  problems.push({ path: "aws:region", received: region, rule: "the region to deploy to", remedy });
  return undefined;
}
