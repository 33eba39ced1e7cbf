import type { Place } from "../../components/names.ts";
import { type KnownContext, pipelineContext } from "../../components/pipeline-context.ts";
import type { PipelineConfig } from "../../stacks/config.ts";

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

export function churnContext(changes: Partial<PipelineConfig> = {}): KnownContext {
  return pipelineContext("dev", churn(changes), place, image);
}
