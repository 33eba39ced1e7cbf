import type { Algorithm } from "../algorithm.ts";
import { xgboostComparable } from "./comparable.ts";
import { xgboostHyperparameters } from "./hyperparameters.ts";
import { xgboostInstanceRules } from "./instance-rules.ts";
import { xgboostMetrics } from "./metrics.ts";
import { xgboostRules } from "./rules.ts";
import { xgboostTunable } from "./tunable.ts";

/**
 * XGBoost. Facts are those of the container's 3.0-5 release, with what older versions lack marked.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html
 * @see https://github.com/aws/sagemaker-xgboost-container
 */
export const xgboost: Algorithm = {
  name: "xgboost",
  title: "XGBoost",
  summary: "Gradient-boosted trees for tables",
  tasks: [
    "binary classification",
    "multi-class classification",
    "regression",
    "ranking",
    "survival analysis",
  ],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html",
  imageRepository: "sagemaker-xgboost",
  versions: [
    { name: "1", imageRepository: "xgboost" }, // XGBoost 0.72, in a registry of its own
    { name: "0.90-1", imageTag: "0.90-1-cpu-py3" },
    { name: "0.90-2", imageTag: "0.90-2-cpu-py3" },
    { name: "1.0-1", imageTag: "1.0-1-cpu-py3" },
    { name: "1.2-1" },
    { name: "1.2-2" },
    { name: "1.3-1" },
    { name: "1.5-1" },
    { name: "1.7-1" },
    { name: "3.0-5" },
    { name: "3.2-0" },
  ],
  defaultVersion: "3.0-5",
  // A channel of any other name, `test` too, ends training: "Extraneous channel found".
  channels: {
    train: { description: "rows to learn from", required: true, distribution: "ShardedByS3Key" },
    validation: { description: "rows to evaluate each round on" },
    code: { description: "a script of your own, in script mode" },
  },
  contentTypes: [
    "text/csv",
    "csv",
    "text/libsvm",
    "text/x-libsvm",
    "libsvm",
    "application/x-parquet",
    "parquet",
    "application/x-recordio-protobuf",
    "recordio-protobuf",
  ],
  defaultContentType: "text/csv",
  inputModes: ["File", "Pipe"],
  pipeContentTypes: [
    "text/csv",
    "csv",
    "application/x-parquet",
    "parquet",
    "application/x-recordio-protobuf",
    "recordio-protobuf",
  ],
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    rules: xgboostInstanceRules,
    notes:
      "Bound by memory: CPU families like m5. GPUs from 1.2-1 on, with tree_method: gpu_hist; several of them from 1.5-1 on, with use_dask_gpu_training. CSV has to fit in the memory of all instances together.",
  },
  checkpoints: { since: "0.90-1" },
  hyperparameters: xgboostHyperparameters,
  rules: xgboostRules,
  metricsFollow: ["objective", "eval_metric", "_tuning_objective_metric"],
  metrics: xgboostMetrics,
  tunable: xgboostTunable,
  tuning: {
    sets: (metric): Record<string, string> =>
      metric.startsWith("validation:") ? { _tuning_objective_metric: metric } : {},
    iterations: { hyperparameter: "num_round" },
  },
  comparable: xgboostComparable,
  serving: {
    requests: ["text/csv", "text/libsvm", "text/x-libsvm", "application/x-recordio-protobuf"],
    responses: [
      "text/csv",
      "application/json",
      "application/jsonlines",
      "application/x-recordio-protobuf",
    ],
    exampleRequest: "128,1,25,265.1,197.4\n84,0,0,299.4,61.9",
    exampleResponse: "0.0317\n0.8844",
  },
  notes: [
    "CSV has the label in its first column and no header; requests have no label",
    "Early stopping goes by the last metric of eval_metric",
    "From 1.3-1 on binary:logistic computes logloss unless eval_metric asks for error",
    "A channel named other than train, validation or code ends training",
    "Containers newer than 3.0-5's release refuse Pipe for every format: File is the safe choice",
  ],
  example: {
    pipeline: "churn",
    hyperparameters: { objective: "binary:logistic", num_round: 100, eval_metric: "error" },
    gate: { metric: "validation:error", threshold: 0.1 },
    script: "glue/churn_etl.py",
    etlWrites: "CSV, the label in the first column, no header",
  },
};
