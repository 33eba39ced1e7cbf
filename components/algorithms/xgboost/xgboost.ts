import type { Algorithm } from "../algorithm.ts";
import { xgboostHyperparameters } from "./hyperparameters.ts";
import { xgboostMetrics } from "./metrics.ts";
import { xgboostRules } from "./rules.ts";

/**
 * XGBoost. Facts are those of the container's 3.0-5 release, with what older versions lack marked.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html
 * @see https://github.com/aws/sagemaker-xgboost-container
 */
export const xgboost: Algorithm = {
  name: "xgboost",
  title: "XGBoost",
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
  channels: { required: ["train"], optional: ["validation", "code"] },
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
  distributed: true,
  hyperparameters: xgboostHyperparameters,
  rules: xgboostRules,
  metricsFollow: ["objective", "eval_metric", "_tuning_objective_metric"],
  metrics: xgboostMetrics,
};
