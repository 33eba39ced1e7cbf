import { isInVersions, type MetricSpec, type TrainingRun } from "../algorithm.ts";
import { evaluatedMetrics } from "./evaluated-metrics.ts";
import { evalMetrics, trainMetrics } from "./metric-names.ts";

/** Metrics that SageMaker reads from the container's log: what `eval_metric` names, on each channel. */
export const xgboostMetrics: Readonly<Record<string, MetricSpec>> = Object.fromEntries([
  ...Object.entries(evalMetrics).map(([name, spec]) => [
    `validation:${name}`,
    { ...spec, channel: "validation", whyNot: whyNot(name) },
  ]),
  ...Object.entries(evalMetrics)
    .filter(([name]) => trainMetrics.includes(name))
    .map(([name, spec]) => [`train:${name}`, { ...spec, channel: "train", whyNot: whyNot(name) }]),
]);

function whyNot(name: string) {
  return (run: TrainingRun) => whyNotEvaluated(name, run) ?? whyMisleading(name, run);
}

function whyNotEvaluated(name: string, run: TrainingRun) {
  const evaluated = evaluatedMetrics(run);
  if (evaluated.includes(name)) return undefined;
  const given = run.hyperparameters["eval_metric"];
  const objective = run.hyperparameters["objective"] ?? "reg:squarederror";
  const basis = given === undefined ? `objective ${objective}` : `eval_metric ${given}`;
  const list = evaluated.length === 0 ? "metrics that are not known here" : evaluated.join(", ");
  return {
    rule: `with ${basis}, XGBoost ${run.version} computes ${list}: not ${name}`,
    remedy: `set training.hyperparameters.eval_metric: ${given === undefined ? name : `"${given},${name}"`}${others(evaluated)}`,
  };
}

function others(evaluated: readonly string[]) {
  const usable = evaluated.filter((name) => Object.hasOwn(evalMetrics, name));
  return usable.length === 0 ? "" : `, or gate on validation:${usable.join(" or validation:")}`;
}

// The container cuts labels at 0, XGBoost hands it probabilities: every row counts as class 1 (seen with 3.0-5).
const cutAtZero = /^(accuracy|balanced_accuracy|f1.*|precision.*|recall.*)$/;

function whyMisleading(name: string, { algorithm, version, hyperparameters }: TrainingRun) {
  if (hyperparameters["objective"] !== "binary:logistic" || !cutAtZero.test(name)) return undefined;
  if (!isInVersions(algorithm, version, { since: "3.0-5" })) return undefined;
  return {
    rule: `for binary:logistic the container computes ${name} as if every row were of class 1`,
    remedy: "gate on validation:error with eval_metric: error; accuracy is 1 - error",
  };
}
