import type { VersionRange } from "../algorithm.ts";

type Direction = "min" | "max";

/** What `eval_metric` takes, in the direction that the container declares to SageMaker's tuning. */
export const evalMetrics: Readonly<Record<string, VersionRange & { direction: Direction }>> = {
  accuracy: { direction: "max" },
  auc: { direction: "max" },
  aucpr: { direction: "max" },
  balanced_accuracy: { direction: "max", since: "1.3-1" },
  f1: { direction: "max" },
  f1_binary: { direction: "max", since: "1.2-2" },
  f1_macro: { direction: "max", since: "1.2-2" },
  map: { direction: "max" },
  ndcg: { direction: "max" },
  precision: { direction: "max", since: "1.3-1" },
  precision_macro: { direction: "max", since: "1.3-1" },
  precision_micro: { direction: "max", since: "1.3-1" },
  r2: { direction: "max", since: "1.2-1" },
  recall: { direction: "max", since: "1.3-1" },
  recall_macro: { direction: "max", since: "1.3-1" },
  recall_micro: { direction: "max", since: "1.3-1" },
  "aft-nloglik": { direction: "min", since: "1.2-1" },
  "cox-nloglik": { direction: "min" },
  error: { direction: "min" },
  "gamma-deviance": { direction: "min" },
  "gamma-nloglik": { direction: "min" },
  "interval-regression-accuracy": { direction: "min", since: "1.2-1" },
  logloss: { direction: "min" },
  mae: { direction: "min" },
  mape: { direction: "min", since: "1.3-1" },
  merror: { direction: "min" },
  mlogloss: { direction: "min" },
  mphe: { direction: "min", since: "1.2-1" },
  mse: { direction: "min" },
  "poisson-nloglik": { direction: "min" },
  rmse: { direction: "min" },
  rmsle: { direction: "min", since: "1.0-1" },
  "tweedie-nloglik": { direction: "min" },
};

/** Those of the above that SageMaker also reports on the training channel. */
export const trainMetrics = [
  "accuracy",
  "auc",
  "aucpr",
  "f1",
  "map",
  "ndcg",
  "error",
  "gamma-deviance",
  "gamma-nloglik",
  "logloss",
  "mlogloss",
  "mse",
  "poisson-nloglik",
  "rmse",
  "tweedie-nloglik",
] as const;
