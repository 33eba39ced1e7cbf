import type { MetricSpec } from "../algorithm.ts";

/** What `eval_metric` takes, in the direction that the container declares to SageMaker's tuning. */
export const evalMetrics: Readonly<Record<string, Omit<MetricSpec, "channel" | "whyNot">>> = {
  accuracy: { direction: "max", description: "share of rows labelled right" },
  auc: { direction: "max", description: "area under the ROC curve" },
  aucpr: { direction: "max", description: "area under the precision-recall curve" },
  balanced_accuracy: {
    direction: "max",
    description: "recall, averaged over classes",
    since: "1.3-1",
  },
  f1: { direction: "max", description: "F1 score" },
  f1_binary: { direction: "max", description: "F1 score of the positive class", since: "1.2-2" },
  f1_macro: { direction: "max", description: "F1 score, averaged over classes", since: "1.2-2" },
  map: { direction: "max", description: "mean average precision of rankings" },
  ndcg: { direction: "max", description: "normalized discounted cumulative gain of rankings" },
  precision: {
    direction: "max",
    description: "share of predicted positives that are",
    since: "1.3-1",
  },
  precision_macro: {
    direction: "max",
    description: "precision, averaged over classes",
    since: "1.3-1",
  },
  precision_micro: {
    direction: "max",
    description: "precision over all decisions",
    since: "1.3-1",
  },
  r2: { direction: "max", description: "share of variance explained", since: "1.2-1" },
  recall: { direction: "max", description: "share of positives that are found", since: "1.3-1" },
  recall_macro: { direction: "max", description: "recall, averaged over classes", since: "1.3-1" },
  recall_micro: { direction: "max", description: "recall over all decisions", since: "1.3-1" },
  "aft-nloglik": {
    direction: "min",
    description: "negative log-likelihood of survival:aft",
    since: "1.2-1",
  },
  "cox-nloglik": {
    direction: "min",
    description: "negative partial log-likelihood of survival:cox",
  },
  error: { direction: "min", description: "share of rows labelled wrong" },
  "gamma-deviance": { direction: "min", description: "residual deviance of gamma regression" },
  "gamma-nloglik": { direction: "min", description: "negative log-likelihood of gamma regression" },
  "interval-regression-accuracy": {
    direction: "min",
    description: "share of survival times predicted inside their interval",
    since: "1.2-1",
  },
  logloss: { direction: "min", description: "log loss of two classes" },
  mae: { direction: "min", description: "mean absolute error" },
  mape: { direction: "min", description: "mean absolute percentage error", since: "1.3-1" },
  merror: { direction: "min", description: "share of rows labelled wrong, of several classes" },
  mlogloss: { direction: "min", description: "log loss of several classes" },
  mphe: { direction: "min", description: "mean pseudo-Huber error", since: "1.2-1" },
  mse: { direction: "min", description: "mean squared error" },
  "poisson-nloglik": {
    direction: "min",
    description: "negative log-likelihood of Poisson regression",
  },
  rmse: { direction: "min", description: "root mean squared error" },
  rmsle: { direction: "min", description: "root mean squared logarithmic error", since: "1.0-1" },
  "tweedie-nloglik": {
    direction: "min",
    description: "negative log-likelihood of Tweedie regression",
  },
};

/** Those of the above that SageMaker also reports on the training channel. */
export const trainMetrics: readonly string[] = [
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
];
