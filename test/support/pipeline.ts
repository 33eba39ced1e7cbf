import type { Place } from "../../components/names.ts";
import { type KnownContext, pipelineContext } from "../../components/pipeline-context.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import type { TuningConfig } from "../../stacks/tuning-config.ts";

export const region = "eu-west-1";
export const place: Place = { partition: "aws", region, accountId: "123456789012" };
export const image = `257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:3.0-5`;

/** A pipeline as config parsing gives it, `changes` applied to whole sections. */
export function churn(changes: Partial<PipelineConfig> = {}): PipelineConfig {
  return {
    name: "churn",
    enabled: true,
    algorithm: { name: "xgboost", version: "3.0-5" },
    etl: {
      script: "glue/churn_etl.py",
      timeoutMinutes: 30,
      workerType: "G.1X",
      workerCount: 2,
      arguments: {},
    },
    training: {
      contentType: "text/csv",
      inputMode: "File",
      instanceType: "ml.m5.xlarge",
      instanceCount: 1,
      volumeSizeGib: 10,
      maxRuntimeMinutes: 60,
      hyperparameters: { objective: "binary:logistic", num_round: "100" },
      channels: { train: "etl", validation: "etl" },
      spot: undefined,
      checkpoints: false,
      metricDefinitions: [],
      tuning: undefined,
    },
    validation: { enabled: true, metric: "validation:error", direction: "min", threshold: 0.1 },
    endpoint: {
      name: "churn",
      instanceType: "ml.m5.large",
      instanceCount: 1,
      keepVersions: 3,
      timeoutMinutes: 30,
      deleteOnDestroy: true,
    },
    data: { forceDestroy: false, runRetentionDays: 90 },
    logs: { retentionDays: 30 },
    kmsKeyArn: undefined,
    ...changes,
  };
}

/** What config's tuning of {@link churn} may be, with a range of each kind. */
export function churnTuning(changes: Partial<TuningConfig> = {}): TuningConfig {
  return {
    metric: "validation:error",
    direction: "min",
    strategy: "Bayesian",
    maxJobs: 6,
    maxParallelJobs: 2,
    earlyStopping: "Auto",
    hyperband: undefined,
    ranges: {
      eta: { type: "continuous", min: 1e-7, max: 0.5, scale: "Logarithmic" },
      max_depth: { type: "integer", min: 2, max: 8, scale: "Auto" },
      grow_policy: { type: "categorical", values: ["depthwise", "lossguide"] },
    },
    ...changes,
  };
}

/** The churn pipeline with a tuning job, which {@link churnTuning} describes. */
export function tunedContext(changes: Partial<TuningConfig> = {}): KnownContext {
  return churnContext({ training: { ...churn().training, tuning: churnTuning(changes) } });
}

export function churnContext(changes: Partial<PipelineConfig> = {}): KnownContext {
  return pipelineContext("dev", churn(changes), place, image);
}
