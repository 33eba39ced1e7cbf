"""Every hyperparameter of the built-in: what is refused, and that what is accepted counts."""

import json

import numpy as np
import pytest
from linear_learner_container.hyperparameters import TABLE, parse_hyperparameters
from linear_learner_data import binary_rows, multiclass_rows, train
from sagemaker_contract.errors import UserError

#: Valid and invalid texts of each hyperparameter, and what else the job needs.
VALUES = {
    "predictor_type": (["regressor", "binary_classifier"], ["classifier", ""]),
    "num_classes": (["3", "1000000"], ["2", "1000001", "3.5"]),
    "feature_dim": (["auto", "1"], ["0", "all"]),
    "loss": (["auto", "squared_loss", "huber_loss"], ["mse"]),
    "epochs": (["1"], ["0", "1.5"]),
    "mini_batch_size": (["1"], ["0"]),
    "num_models": (["auto", "1", "40"], ["0"]),
    "optimizer": (["auto", "adam", "sgd", "rmsprop"], ["adagrad"]),
    "learning_rate": (["auto", "1e-5"], ["0", "-1", "nan"]),
    "momentum": (["auto", "0", "0.99"], ["1", "-0.1"]),
    "beta_1": (["auto", "0"], ["1", "-0.1"]),
    "beta_2": (["auto", "0.5"], ["1"]),
    "bias_lr_mult": (["auto", "10"], ["0"]),
    "bias_wd_mult": (["auto", "0"], ["-1"]),
    "use_lr_scheduler": (["true", "false"], ["auto", "1"]),
    "lr_scheduler_step": (["auto", "1"], ["0"]),
    "lr_scheduler_factor": (["auto", "0.5"], ["0", "1"]),
    "lr_scheduler_minimum_lr": (["auto", "1e-9"], ["0"]),
    "wd": (["auto", "0", "1"], ["-1"]),
    "l1": (["auto", "0", "1"], ["-1", "inf"]),
    "use_bias": (["true", "false"], ["yes"]),
    "init_method": (["uniform", "normal"], ["zeros"]),
    "init_scale": (["0.5"], ["0"]),
    "init_sigma": (["0.5"], ["0"]),
    "init_bias": (["-3", "0"], ["auto"]),
    "normalize_data": (["auto", "true", "false"], ["1"]),
    "normalize_label": (["auto", "true", "false"], ["1"]),
    "unbias_data": (["auto", "true", "false"], ["1"]),
    "unbias_label": (["auto", "true", "false"], ["1"]),
    "num_point_for_scaler": (["1"], ["0", "auto"]),
    "early_stopping_patience": (["1"], ["0"]),
    "early_stopping_tolerance": (["1e-9"], ["0"]),
    "huber_delta": (["1"], ["0"]),
    "quantile": (["0.9"], ["0", "1"]),
    "loss_insensitivity": (["0.1"], ["0"]),
    "margin": (["2"], ["0"]),
    "positive_example_weight_mult": (["balanced", "auto", "3"], ["0", "equal"]),
    "balance_multiclass_weights": (["true", "false"], ["auto"]),
    "accuracy_top_k": (["1"], ["0"]),
    "f_beta": (["2"], ["0"]),
    "binary_classifier_model_selection_criteria": (
        [
            "accuracy",
            "f_beta",
            "precision_at_target_recall",
            "recall_at_target_precision",
            "loss_function",
        ],
        ["f1", "auc"],
    ),
    "target_precision": (["0.9"], ["0", "1"]),
    "target_recall": (["0.9"], ["0", "1"]),
    "num_calibration_samples": (["auto", "1"], ["0"]),
}


def test_knows_the_hyperparameters_of_the_built_in_and_no_others():
    assert sorted(row.name for row in TABLE) == sorted(VALUES)
    assert len(TABLE) == 44


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, (valid, _) in VALUES.items() for text in valid]
)
def test_accepts(name, text):
    assert name in parse_hyperparameters({"predictor_type": "regressor", name: text})


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, (_, invalid) in VALUES.items() for text in invalid]
)
def test_refuses_by_name(name, text):
    with pytest.raises(UserError, match=rf"{name}: got '{text}'; it must be"):
        parse_hyperparameters({"predictor_type": "regressor", name: text})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "predictor_type is missing"),
        ({"predictor_type": "multiclass_classifier"}, "num_classes is missing"),
        ({"predictor_type": "regressor", "eta": "1"}, "eta: there is no such hyperparameter"),
        ({"predictor_type": "regressor", "loss": "logistic"}, "must be one of auto, squared_loss"),
        ({"predictor_type": "binary_classifier", "loss": "squared_loss"}, "auto, logistic, hinge"),
        (
            {"predictor_type": "multiclass_classifier", "num_classes": "3", "loss": "hinge_loss"},
            "must be one of auto, softmax_loss",
        ),
    ],
)
def test_refuses_what_does_not_go_together(given, message):
    with pytest.raises(UserError, match=message):
        parse_hyperparameters(given)


def test_names_in_the_log_what_has_no_effect(caplog):
    parse_hyperparameters({"predictor_type": "regressor", "momentum": "0.5", "margin": "2"})

    assert caplog.messages == [
        "Hyperparameter momentum has no effect: it needs optimizer sgd.",
        "Hyperparameter margin has no effect: it needs loss hinge_loss.",
    ]


def test_tuning_jobs_train_one_model():
    given = {"predictor_type": "regressor", "_tuning_objective_metric": "validation:mse"}

    assert parse_hyperparameters(given)["num_models"] == 1


BINARY = {"predictor_type": "binary_classifier"}
RARE = {**BINARY, "rows": binary_rows(positives=0.1)}
MULTICLASS = {"predictor_type": "multiclass_classifier"}

#: Two configurations of a job each; their models must differ.
EFFECTS = {
    "loss": ({"loss": "squared_loss"}, {"loss": "absolute_loss"}),
    "epochs": ({"epochs": "1"}, {"epochs": "3"}),
    "mini_batch_size": ({"mini_batch_size": "20"}, {"mini_batch_size": "100"}),
    "num_models": ({"num_models": "1"}, {"num_models": "auto"}),
    "optimizer": ({"optimizer": "adam"}, {"optimizer": "rmsprop"}),
    "learning_rate": ({"learning_rate": "0.05"}, {"learning_rate": "0.01"}),
    "momentum": ({"optimizer": "sgd", "momentum": "0"}, {"optimizer": "sgd", "momentum": "0.9"}),
    "beta_1": ({"beta_1": "0.9"}, {"beta_1": "0.5"}),
    "beta_2": ({"beta_2": "0.999"}, {"beta_2": "0.5"}),
    "bias_lr_mult": ({**BINARY, "bias_lr_mult": "1"}, {**BINARY, "bias_lr_mult": "10"}),
    "bias_wd_mult": (
        {**BINARY, "wd": "1", "bias_wd_mult": "0"},
        {**BINARY, "wd": "1", "bias_wd_mult": "1"},
    ),
    "use_lr_scheduler": ({"use_lr_scheduler": "true"}, {"use_lr_scheduler": "false"}),
    "lr_scheduler_step": ({"lr_scheduler_step": "1"}, {"lr_scheduler_step": "50"}),
    "lr_scheduler_factor": ({"lr_scheduler_factor": "0.5"}, {"lr_scheduler_factor": "0.9"}),
    "lr_scheduler_minimum_lr": (
        {"lr_scheduler_factor": "0.1", "lr_scheduler_minimum_lr": "0.04"},
        {"lr_scheduler_factor": "0.1", "lr_scheduler_minimum_lr": "0.0001"},
    ),
    "wd": ({"wd": "0"}, {"wd": "1"}),
    "l1": ({"l1": "0"}, {"l1": "1"}),
    "use_bias": ({"use_bias": "true"}, {"use_bias": "false"}),
    "init_method": ({"init_method": "uniform"}, {"init_method": "normal"}),
    "init_scale": ({"init_scale": "0.07"}, {"init_scale": "2"}),
    "init_sigma": (
        {"init_method": "normal", "init_sigma": "0.01"},
        {"init_method": "normal", "init_sigma": "2"},
    ),
    "init_bias": ({"init_bias": "0"}, {"init_bias": "5"}),
    "normalize_data": ({"normalize_data": "true"}, {"normalize_data": "false"}),
    "normalize_label": ({"normalize_label": "true"}, {"normalize_label": "false"}),
    "unbias_data": ({"unbias_data": "true"}, {"unbias_data": "false"}),
    "unbias_label": ({"unbias_label": "true"}, {"unbias_label": "false"}),
    "num_point_for_scaler": ({"num_point_for_scaler": "5"}, {"num_point_for_scaler": "200"}),
    "early_stopping_patience": (
        {"epochs": "40", "early_stopping_tolerance": "0.9", "early_stopping_patience": "1"},
        {"epochs": "40", "early_stopping_tolerance": "0.9", "early_stopping_patience": "20"},
    ),
    "early_stopping_tolerance": (
        {"epochs": "40", "early_stopping_tolerance": "0.9"},
        {"epochs": "40", "early_stopping_tolerance": "0.0001"},
    ),
    "huber_delta": (
        {"loss": "huber_loss", "huber_delta": "0.01"},
        {"loss": "huber_loss", "huber_delta": "5"},
    ),
    "quantile": (
        {"loss": "quantile_loss", "quantile": "0.1"},
        {"loss": "quantile_loss", "quantile": "0.9"},
    ),
    "loss_insensitivity": (
        {"loss": "eps_insensitive_absolute_loss", "loss_insensitivity": "0.01"},
        {"loss": "eps_insensitive_absolute_loss", "loss_insensitivity": "1"},
    ),
    "margin": (
        {**BINARY, "loss": "hinge_loss", "margin": "0.1"},
        {**BINARY, "loss": "hinge_loss", "margin": "3"},
    ),
    "positive_example_weight_mult": (
        {**RARE, "positive_example_weight_mult": "1"},
        {**RARE, "positive_example_weight_mult": "balanced"},
    ),
    "balance_multiclass_weights": (
        {**MULTICLASS, "rows": multiclass_rows(shares=(0.8, 0.1, 0.1))},
        {
            **MULTICLASS,
            "rows": multiclass_rows(shares=(0.8, 0.1, 0.1)),
            "balance_multiclass_weights": "true",
        },
    ),
    "f_beta": (
        {**RARE, "binary_classifier_model_selection_criteria": "f_beta", "f_beta": "0.2"},
        {**RARE, "binary_classifier_model_selection_criteria": "f_beta", "f_beta": "5"},
    ),
    "binary_classifier_model_selection_criteria": (
        {**RARE, "binary_classifier_model_selection_criteria": "accuracy"},
        {**RARE, "binary_classifier_model_selection_criteria": "precision_at_target_recall"},
    ),
    "target_precision": (
        {
            **BINARY,
            "binary_classifier_model_selection_criteria": "recall_at_target_precision",
            "target_precision": "0.6",
        },
        {
            **BINARY,
            "binary_classifier_model_selection_criteria": "recall_at_target_precision",
            "target_precision": "0.95",
        },
    ),
    "target_recall": (
        {
            **BINARY,
            "binary_classifier_model_selection_criteria": "precision_at_target_recall",
            "target_recall": "0.5",
        },
        {
            **BINARY,
            "binary_classifier_model_selection_criteria": "precision_at_target_recall",
            "target_recall": "0.95",
        },
    ),
    "num_calibration_samples": (
        {**BINARY, "num_calibration_samples": "10"},
        {**BINARY, "num_calibration_samples": "300"},
    ),
}

#: Hyperparameters whose effect is not a model's: other tests show it.
ELSEWHERE = {"predictor_type", "num_classes", "feature_dim", "accuracy_top_k"}


def test_each_hyperparameter_is_shown_to_have_an_effect():
    assert set(EFFECTS) | ELSEWHERE == set(VALUES)


@pytest.mark.parametrize("name", EFFECTS)
def test_has_an_effect(name):
    one, other = (train(**configuration) for configuration in EFFECTS[name])

    same = (
        np.array_equal(one.weights, other.weights)
        and np.array_equal(one.bias, other.bias)
        and one.threshold == other.threshold
    )
    assert not same


@pytest.mark.parametrize("predictor", ["regressor", "binary_classifier", "multiclass_classifier"])
def test_trains_the_same_model_each_time(predictor):
    models = [train(predictor_type=predictor, num_models="auto") for _ in range(2)]

    assert np.array_equal(models[0].weights, models[1].weights)
    assert models[0].threshold == models[1].threshold
    assert json.dumps(models[0].training) == json.dumps(models[1].training)
