import { isInVersions, type TrainingRun } from "../algorithm.ts";

/** Objectives whose own metric is the same in all versions. */
const alwaysDefault: Readonly<Record<string, string>> = {
  "binary:hinge": "error",
  "reg:squarederror": "rmse",
  "reg:linear": "rmse",
  "reg:logistic": "rmse",
  "count:poisson": "poisson-nloglik",
  "survival:cox": "cox-nloglik",
};

const defaultBefore13: Readonly<Record<string, string>> = {
  "binary:logistic": "error",
  "multi:softmax": "merror",
  "multi:softprob": "merror",
};

const defaultSince13: Readonly<Record<string, string>> = {
  "binary:logistic": "logloss",
  "multi:softmax": "mlogloss",
  "multi:softprob": "mlogloss",
};

/** Observed with 3.0.5. SageMaker has no metric for a name with `@`: those count for nothing there. */
const defaultSince30: Readonly<Record<string, string>> = {
  "binary:logitraw": "logloss",
  "reg:gamma": "gamma-deviance",
  "reg:tweedie": "tweedie-nloglik@1.5",
  "reg:absoluteerror": "mae",
  "reg:pseudohubererror": "mphe",
  "reg:squaredlogerror": "rmsle",
  "rank:pairwise": "ndcg@32",
  "rank:ndcg": "ndcg@32",
  "rank:map": "map@32",
  "survival:aft": "aft-nloglik",
};

/** Computed by the container's Python beside XGBoost, which then adds the objective's own metric. */
const pythonMetric = /^(accuracy|balanced_accuracy|f1.*|precision.*|recall.*|mae|mse|rmse|r2)$/;

/** The objective's own metric, `undefined` where this version's is not known. */
function defaultMetric({ algorithm, version, hyperparameters }: TrainingRun) {
  const objective = hyperparameters["objective"] ?? "reg:squarederror";
  const isSince = (since: string) => isInVersions(algorithm, version, { since });
  return (
    alwaysDefault[objective] ??
    (isSince("1.3-1") ? defaultSince13 : defaultBefore13)[objective] ??
    (isSince("3.0-5") ? defaultSince30[objective] : undefined)
  );
}

/** Metrics that the run prints each round, by the names that it prints. */
export function evaluatedMetrics(run: TrainingRun): string[] {
  const asked = [...(run.hyperparameters["eval_metric"]?.split(",") ?? []), ...tuningMetric(run)];
  const own = asked.every((name) => pythonMetric.test(name)) ? defaultMetric(run) : undefined;
  const printed = asked.map((name) => (name === "error@0.5" ? "error" : name)); // 0.5 is what plain error means
  return [...new Set(own === undefined ? printed : [...printed, own])];
}

function tuningMetric(run: TrainingRun): string[] {
  const metric = run.hyperparameters["_tuning_objective_metric"];
  return metric === undefined ? [] : [metric.replace(/^validation:/, "")];
}
