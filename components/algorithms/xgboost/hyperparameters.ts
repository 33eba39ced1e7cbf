import type { HyperparameterSpec, VersionRange } from "../hyperparameter-spec.ts";
import { boosterHyperparameters } from "./booster-hyperparameters.ts";
import { evalMetrics } from "./metric-names.ts";

const evalMetricVersions: Readonly<Record<string, VersionRange>> = evalMetrics;
const flag = { type: "integer", min: 0, max: 1 } as const;
const boolean = { type: "categorical", values: ["true", "false"] } as const;

/** Everything that the container accepts: any other name ends training with "Extraneous hyperparameter found". */
export const xgboostHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  num_round: { type: "integer", min: 1, required: true, description: "boosting rounds" },
  objective: {
    type: "categorical",
    values: [
      "binary:logistic",
      "binary:logitraw",
      "binary:hinge",
      "multi:softmax",
      "multi:softprob",
      "reg:squarederror",
      "reg:linear",
      "reg:logistic",
      "reg:squaredlogerror",
      "reg:pseudohubererror",
      "reg:absoluteerror",
      "reg:gamma",
      "reg:tweedie",
      "count:poisson",
      "rank:pairwise",
      "rank:ndcg",
      "rank:map",
      "survival:aft",
      "survival:cox",
    ],
    valueVersions: {
      "reg:squaredlogerror": { since: "1.0-1" },
      "reg:pseudohubererror": { since: "1.2-1" },
      "reg:absoluteerror": { since: "3.0-5" },
      "survival:aft": { since: "1.2-1" },
    },
    default: "reg:squarederror",
    description: "learning task and its loss",
  },
  num_class: { type: "integer", min: 2, description: "number of classes, for multi:*" },
  eval_metric: {
    type: "list",
    values: Object.keys(evalMetrics),
    valueVersions: evalMetricVersions,
    withThreshold: ["error", "ndcg", "map"],
    description: "metrics computed each round; the objective's own where none is given",
  },
  early_stopping_rounds: {
    type: "integer",
    min: 1,
    description: "rounds without gain on the last metric of eval_metric before training stops",
  },
  scale_pos_weight: {
    type: "float",
    above: 0,
    default: 1,
    description: "weight of the positive class",
  },
  base_score: {
    type: "float",
    min: 0,
    default: 0.5,
    description: "prediction before the first round",
  },
  seed: {
    type: "integer",
    min: -2147483647,
    max: 2147483646,
    default: 0,
    description: "start of random numbers",
  },
  csv_weights: {
    ...flag,
    default: 0,
    description: "1: the CSV column after the label holds row weights",
  },
  tweedie_variance_power: {
    type: "float",
    above: 1,
    below: 2,
    default: 1.5,
    description: "variance power of reg:tweedie",
  },
  aft_loss_distribution: {
    type: "categorical",
    values: ["normal", "logistic", "extreme"],
    since: "1.2-1",
    description: "error distribution of survival:aft",
  },
  aft_loss_distribution_scale: {
    type: "float",
    min: 0,
    since: "1.2-1",
    description: "how wide that is",
  },
  verbosity: { type: "integer", min: 0, max: 3, default: 1, description: "0 silent to 3 debug" },
  nthread: { type: "integer", min: 1, description: "threads; all where not given" },
  dsplit: {
    type: "categorical",
    values: ["row", "col"],
    description: "how rows spread over instances",
  },
  predictor: {
    type: "categorical",
    values: ["auto", "cpu_predictor", "gpu_predictor"],
    description: "what computes predictions",
  },
  use_dask_gpu_training: { ...boolean, since: "1.5-1", description: "training on several GPUs" },
  save_model_on_termination: {
    ...boolean,
    description: "keep the model when a job is stopped early",
  },
  silent: { ...flag, until: "1.0-1", default: 0, description: "old form of verbosity" },
  _kfold: { type: "integer", min: 2, since: "1.2-2", description: "folds of cross-validation" },
  _num_cv_round: {
    type: "integer",
    min: 1,
    since: "1.2-2",
    description: "repeats of cross-validation",
  },
  _tuning_objective_metric: {
    type: "categorical",
    values: Object.keys(evalMetrics).map((name) => `validation:${name}`),
    description: "set by tuning jobs; computed as if in eval_metric",
  },
  ...boosterHyperparameters,
};
