import type { MetricDefinition } from "@aws-sdk/client-sagemaker";

// What SageMaker knows of each data set; other metrics of a job stay in its log.
const train = [
  "accuracy",
  "auc",
  "aucpr",
  "error",
  "f1",
  "gamma-deviance",
  "gamma-nloglik",
  "logloss",
  "map",
  "mlogloss",
  "mse",
  "ndcg",
  "poisson-nloglik",
  "rmse",
  "tweedie-nloglik",
];

const validation = [
  ...train,
  "aft-nloglik",
  "balanced_accuracy",
  "cox-nloglik",
  "f1_binary",
  "f1_macro",
  "interval-regression-accuracy",
  "mae",
  "mape",
  "merror",
  "mphe",
  "precision",
  "precision_macro",
  "precision_micro",
  "r2",
  "recall",
  "recall_macro",
  "recall_micro",
  "rmsle",
];

/** What SageMaker scrapes from a training job of the XGBoost container. The log agent writes a TAB as #011. */
export const xgboostMetrics: readonly MetricDefinition[] = [
  ...train.map((metric) => definition("train", metric)),
  ...validation.map((metric) => definition("validation", metric)),
];

function definition(dataset: string, metric: string): MetricDefinition {
  return {
    Name: `${dataset}:${metric}`,
    Regex: `.*\\[[0-9]+\\].*#011${dataset}-${metric}:(\\S+)`,
  };
}
