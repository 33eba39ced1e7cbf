import { algorithms } from "../../../components/algorithms/index.ts";
import { describeAlgorithm } from "./algorithm-cases.ts";

const several = { predictor_type: "multiclass_classifier", num_classes: 4 };
const regression = { predictor_type: "regressor" };

describeAlgorithm(algorithms["linear-learner"], {
  takes: [
    {},
    several,
    regression,
    { ...regression, loss: "quantile_loss", quantile: 0.9 },
    { ...regression, quantile: 0.5 }, // the default, which changes nothing
    { loss: "hinge_loss", margin: 2 },
    { learning_rate: "auto", l1: 0, wd: 1e-7, beta_1: 1 },
    { positive_example_weight_mult: "balanced" },
    { normalize_data: true, use_bias: false, init_bias: -2 },
    { num_models: "auto", feature_dim: 784 },
    {
      binary_classifier_model_selection_criteria: "recall_at_target_precision",
      target_precision: 0.9,
    },
  ],
  refuses: [
    [
      { predictor_type: undefined },
      "predictor_type",
      "required by Linear Learner: what is predicted: one of two classes, one of several, or a number",
      "add it, such as predictor_type: binary_classifier",
    ],
    [
      { predictor_type: "classifier" },
      "predictor_type",
      "one of binary_classifier, multiclass_classifier, regressor",
      "write one of these",
    ],
    [
      { predictor_type: "multiclass_classifier" },
      "num_classes",
      "required when predictor_type is multiclass_classifier",
      "add it, such as num_classes: 10",
    ],
    [
      { ...several, num_classes: 2 },
      "num_classes",
      "a whole number from 3 to 1000000",
      "raise it to 3 at least",
    ],
    [
      { ...several, accuracy_top_k: 5 },
      "accuracy_top_k",
      "at most num_classes (4): there are no more labels to be among",
      "lower it to 4 at most",
    ],
    [{ learning_rate: 0 }, "learning_rate", "a number greater than 0, or auto", "raise it above 0"],
    [{ l1: -0.1 }, "l1", "a number at least 0, or auto", "raise it to 0 at least"],
    [
      { lr_scheduler_factor: 1 },
      "lr_scheduler_factor",
      "a number greater than 0 and less than 1, or auto",
      "lower it below 1",
    ],
    [
      { positive_example_weight_mult: "balance" },
      "positive_example_weight_mult",
      "a number greater than 0, or balanced, auto",
      "write such a number; left out it is 1",
    ],
    [
      { num_point_for_scaler: "auto" },
      "num_point_for_scaler",
      "a whole number at least 1",
      "write such a number; left out it is 10000",
    ],
    [
      { loss: "squared_loss" },
      "loss",
      "with predictor_type binary_classifier one of auto, logistic, hinge_loss",
      "leave it out, or write one of these",
    ],
    [
      { ...regression, loss: "logistic" },
      "loss",
      "with predictor_type regressor one of auto, squared_loss, absolute_loss, eps_insensitive_squared_loss, eps_insensitive_absolute_loss, quantile_loss, huber_loss",
      "leave it out, or write one of these",
    ],
    [
      { ...regression, quantile: 0.9 },
      "quantile",
      "needs loss quantile_loss, not auto: without that it changes nothing",
      "remove it, or set loss: quantile_loss",
    ],
    [
      { target_recall: 0.9 },
      "target_recall",
      "needs binary_classifier_model_selection_criteria precision_at_target_recall, not accuracy: without that it changes nothing",
      "remove it, or set binary_classifier_model_selection_criteria: precision_at_target_recall",
    ],
    [
      { mini_batchsize: 5 },
      "mini_batchsize",
      "not a hyperparameter of Linear Learner 1; the container refuses unknown ones",
      "write mini_batch_size",
    ],
  ],
  emits: [
    [{}, "validation:binary_classification_accuracy"],
    [{}, "test:roc_auc_score"],
    [{ num_models: 1 }, "validation:objective_loss"],
    [{ num_models: 1 }, "train:objective_loss"],
    [{}, "test:objective_loss"],
    [{}, "train:recall"],
    [several, "validation:multiclass_accuracy"],
    [regression, "validation:rmse"],
    [regression, "validation:objective_loss:final"],
  ],
  lacks: [
    [
      regression,
      "test:binary_classification_accuracy",
      "test:binary_classification_accuracy needs predictor_type binary_classifier, not regressor",
      "gate on test:objective_loss or test:absolute_loss or test:mse, or set predictor_type: binary_classifier",
    ],
    [
      {},
      "validation:objective_loss",
      "validation:objective_loss is that of the first of the models that num_models (auto) trains, not of the one that is kept",
      "gate on validation:objective_loss:final, or set num_models: 1",
    ],
    [
      { num_models: 2 },
      "train:objective_loss",
      "train:objective_loss is that of the first of the models that num_models (2) trains, not of the one that is kept",
      "gate on train:objective_loss:final, or set num_models: 1",
    ],
    [
      {},
      "train:throughput",
      "train:throughput tells how training went, not how good the model is",
      "gate on train:objective_loss:final or train:binary_classification_accuracy or train:binary_f_beta or train:precision or train:recall",
    ],
    [{}, "test:rmse", "not a metric of Linear Learner 1", "write test:mse"],
  ],
});
