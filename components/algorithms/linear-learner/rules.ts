import type { HyperparameterRule } from "../algorithm.ts";
import { effectiveValue, requiredWhen, usedOnly, when } from "../condition.ts";

/** Losses that each kind of prediction can be fitted with, beside auto. */
const losses: Readonly<Record<string, readonly string[]>> = {
  binary_classifier: ["logistic", "hinge_loss"],
  multiclass_classifier: ["softmax_loss"],
  regressor: [
    "squared_loss",
    "absolute_loss",
    "eps_insensitive_squared_loss",
    "eps_insensitive_absolute_loss",
    "quantile_loss",
    "huber_loss",
  ],
};

export const linearLearnerRules: readonly HyperparameterRule[] = [
  requiredWhen(when("predictor_type", "multiclass_classifier"), "num_classes", "10"),

  function lossOfPredictorType(run) {
    const { predictor_type, loss } = run.hyperparameters;
    const known = losses[predictor_type ?? ""];
    if (known === undefined || loss === undefined || loss === "auto" || known.includes(loss))
      return undefined;
    return {
      hyperparameter: "loss",
      rule: `with predictor_type ${predictor_type} one of auto, ${known.join(", ")}`,
      remedy: "leave it out, or write one of these",
    };
  },

  function countsUpToTopK(run) {
    const { num_classes, accuracy_top_k } = run.hyperparameters;
    if (num_classes === undefined || accuracy_top_k === undefined) return undefined;
    if (effectiveValue(run, "predictor_type") !== "multiclass_classifier") return undefined;
    if (Number(accuracy_top_k) <= Number(num_classes)) return undefined;
    return {
      hyperparameter: "accuracy_top_k",
      rule: `at most num_classes (${num_classes}): there are no more labels to be among`,
      remedy: `lower it to ${num_classes} at most`,
    };
  },

  ...usedOnly(when("predictor_type", "binary_classifier"), "positive_example_weight_mult"),
  ...usedOnly(when("loss", "quantile_loss"), "quantile"),
  ...usedOnly(when("loss", "huber_loss"), "huber_delta"),
  ...usedOnly(when("loss", "hinge_loss"), "margin"),
  ...usedOnly(
    when("loss", "eps_insensitive_squared_loss", "eps_insensitive_absolute_loss"),
    "loss_insensitivity",
  ),
  ...usedOnly(
    when("binary_classifier_model_selection_criteria", "precision_at_target_recall"),
    "target_recall",
  ),
  ...usedOnly(
    when("binary_classifier_model_selection_criteria", "recall_at_target_precision"),
    "target_precision",
  ),
];
