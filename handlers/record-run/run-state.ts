import type { NewerVersion } from "../resolve-endpoint/logic.ts";
import type { WrittenSchema } from "../write-schema/logic.ts";

/** What the state machine knows of a run at its end. Parts that the run did not reach are null. */
export interface RunState {
  execution: { arn: string; startedAt: Timestamp };
  run: RunInput;
  etl: EtlState | null;
  training: TrainingState | null;
  gate: GateState | null;
  /** Where the model's schema is; null where the run wrote none. */
  schema: WrittenSchema | null;
  endpoint: EndpointState | null;
  /** What served already, from a newer input; null where nothing did. */
  newer: NewerVersion | null;
  versions: object | null;
  stages: { name: string; startedAt: Timestamp; seconds: number }[];
  /** Empty for a run that succeeded. */
  failure: { name?: string; cause?: string; caught?: CaughtError };
}

/** As Step Functions gives it: ISO 8601, or a number of seconds or of milliseconds, by integration. */
export type Timestamp = string | number;

export interface RunInput {
  title: string;
  bucket: string;
  key: string;
  versionId: string;
  sizeBytes: number;
  uploadedAt: string;
  /** Of the copy that the run reads. */
  inputUri?: string | undefined;
}

export interface EtlState {
  jobName: string;
  runId: string;
  startedAt?: Timestamp;
  seconds?: number;
}

export interface TrainingState {
  jobName: string;
  status: string;
  image?: string;
  seconds?: number;
  billableSeconds?: number;
  hyperparameters?: Record<string, string>;
  metrics?: Record<string, number>;
  modelArtifact?: string;
  /** Where the job is the best one of a tuning job. */
  tuning?: TuningState;
}

export interface TuningState {
  jobName: string;
  strategy: string;
  objective: { metric: string; direction: "min" | "max"; value?: number };
  /** How many training jobs ended how. */
  trainings: { completed: number; stopped: number; failed: number };
  /** Of all its training jobs; null where they could not be added up. */
  seconds?: number | null;
  /** The values that the best one got. */
  tuned?: Record<string, string>;
}

export interface GateState {
  enabled: boolean;
  metric: string | null;
  direction: "min" | "max" | null;
  threshold: number | null;
  value: number | null;
  accepted: boolean;
}

export interface EndpointState {
  name: string;
  action: "create" | "update" | "superseded";
  configName: string;
  modelName: string;
}

export interface CaughtError {
  Error: string;
  /** For a job of `.sync`: its description, as JSON text. */
  Cause?: string;
}
