"""The hyperparameters of Linear Learner, and what a job's mean together."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sagemaker_contract.errors import UserError
from sagemaker_contract.hyperparameter_table import (
    TUNING_METRIC,
    Boolean,
    Choice,
    Hyperparameter,
    Integer,
    Real,
    read_hyperparameters,
)

logger = logging.getLogger(__name__)

REGRESSOR, BINARY, MULTICLASS = "regressor", "binary_classifier", "multiclass_classifier"

#: Losses of each predictor type; the first is what `auto` stands for.
LOSSES = {
    REGRESSOR: (
        "squared_loss",
        "absolute_loss",
        "eps_insensitive_squared_loss",
        "eps_insensitive_absolute_loss",
        "quantile_loss",
        "huber_loss",
    ),
    BINARY: ("logistic", "hinge_loss"),
    MULTICLASS: ("softmax_loss",),
}
_ALL_LOSSES = tuple(loss for losses in LOSSES.values() for loss in losses)

_AUTO = ("auto",)
_count = Integer(1)
_count_or_auto = Integer(1, words=_AUTO)
_positive = Real(above=0)
_positive_or_auto = Real(above=0, words=_AUTO)
_not_negative_or_auto = Real(0, words=_AUTO)
_share = Real(above=0, below=1)
_share_or_auto = Real(above=0, below=1, words=_AUTO)
_decay_or_auto = Real(0, below=1, words=_AUTO)
_switch = Choice(("auto", "true", "false"))

TABLE = (
    Hyperparameter("predictor_type", Choice((BINARY, MULTICLASS, REGRESSOR)), required=True),
    Hyperparameter("num_classes", Integer(3, 1_000_000)),
    Hyperparameter("feature_dim", _count_or_auto, "auto"),
    Hyperparameter("loss", Choice(("auto", *_ALL_LOSSES)), "auto"),
    Hyperparameter("epochs", _count, "15"),
    Hyperparameter("mini_batch_size", _count, "1000"),
    Hyperparameter("num_models", _count_or_auto, "auto"),
    Hyperparameter("optimizer", Choice(("auto", "adam", "sgd", "rmsprop")), "auto"),
    Hyperparameter("learning_rate", _positive_or_auto, "auto"),
    Hyperparameter("momentum", _decay_or_auto, "auto"),
    Hyperparameter("beta_1", _decay_or_auto, "auto"),
    Hyperparameter("beta_2", _decay_or_auto, "auto"),
    Hyperparameter("bias_lr_mult", _positive_or_auto, "auto"),
    Hyperparameter("bias_wd_mult", _not_negative_or_auto, "auto"),
    Hyperparameter("use_lr_scheduler", Boolean(), "true"),
    Hyperparameter("lr_scheduler_step", _count_or_auto, "auto"),
    Hyperparameter("lr_scheduler_factor", _share_or_auto, "auto"),
    Hyperparameter("lr_scheduler_minimum_lr", _positive_or_auto, "auto"),
    Hyperparameter("wd", _not_negative_or_auto, "auto"),
    Hyperparameter("l1", _not_negative_or_auto, "auto"),
    Hyperparameter("use_bias", Boolean(), "true"),
    Hyperparameter("init_method", Choice(("uniform", "normal")), "uniform"),
    Hyperparameter("init_scale", _positive, "0.07"),
    Hyperparameter("init_sigma", _positive, "0.01"),
    Hyperparameter("init_bias", Real(), "0"),
    Hyperparameter("normalize_data", _switch, "true"),
    Hyperparameter("normalize_label", _switch, "auto"),
    Hyperparameter("unbias_data", _switch, "auto"),
    Hyperparameter("unbias_label", _switch, "auto"),
    Hyperparameter("num_point_for_scaler", _count, "10000"),
    Hyperparameter("early_stopping_patience", _count, "3"),
    Hyperparameter("early_stopping_tolerance", _positive, "0.001"),
    Hyperparameter("huber_delta", _positive, "1.0"),
    Hyperparameter("quantile", _share, "0.5"),
    Hyperparameter("loss_insensitivity", _positive, "0.01"),
    Hyperparameter("margin", _positive, "1.0"),
    Hyperparameter("positive_example_weight_mult", Real(above=0, words=("balanced", "auto")), "1"),
    Hyperparameter("balance_multiclass_weights", Boolean(), "false"),
    Hyperparameter("accuracy_top_k", Integer(1, 1_000_000), "3"),
    Hyperparameter("f_beta", _positive, "1.0"),
    Hyperparameter(
        "binary_classifier_model_selection_criteria",
        Choice(
            (
                "accuracy",
                "f_beta",
                "precision_at_target_recall",
                "recall_at_target_precision",
                "loss_function",
            )
        ),
        "accuracy",
    ),
    Hyperparameter("target_precision", _share, "0.8"),
    Hyperparameter("target_recall", _share, "0.8"),
    Hyperparameter("num_calibration_samples", _count_or_auto, "auto"),
)


def parse_hyperparameters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name, defaults filled in; `loss` and `optimizer` without `auto`.

    What a job gives that has no effect beside its other hyperparameters is accepted, as on AWS, and
    named in the log. Raises UserError.
    """
    values = read_hyperparameters(TABLE, given)
    predictor = values["predictor_type"]
    if predictor == MULTICLASS and values["num_classes"] is None:
        raise UserError(
            "Hyperparameters cannot be used. num_classes is missing: "
            "predictor_type multiclass_classifier needs it, as an integer from 3."
        )
    if values["loss"] == "auto":
        values["loss"] = LOSSES[predictor][0]
    if values["loss"] not in LOSSES[predictor]:
        raise UserError(
            f"Hyperparameters cannot be used. loss: got '{values['loss']}'; with predictor_type "
            f"{predictor} it must be one of auto, {', '.join(LOSSES[predictor])}."
        )
    if values["optimizer"] == "auto":
        values["optimizer"] = "adam"
    if values["num_models"] == "auto" and given.get(TUNING_METRIC):
        values["num_models"] = 1  # As on AWS: the tuner varies the hyperparameters itself.
    for name, reason in without_effect(values, given):
        logger.warning("Hyperparameter %s has no effect: %s.", name, reason)
    return values


def without_effect(values: Mapping[str, Any], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Hyperparameters that a job gives but does not use, and why."""
    conditions = (
        ("num_classes", "predictor_type", (MULTICLASS,)),
        ("accuracy_top_k", "predictor_type", (MULTICLASS,)),
        ("balance_multiclass_weights", "predictor_type", (MULTICLASS,)),
        ("positive_example_weight_mult", "predictor_type", (BINARY,)),
        ("binary_classifier_model_selection_criteria", "predictor_type", (BINARY,)),
        ("num_calibration_samples", "predictor_type", (BINARY,)),
        ("f_beta", "predictor_type", (BINARY, MULTICLASS)),
        ("normalize_label", "predictor_type", (REGRESSOR,)),
        ("unbias_label", "predictor_type", (REGRESSOR,)),
        ("unbias_label", "use_bias", (True,)),
        ("bias_lr_mult", "use_bias", (True,)),
        ("bias_wd_mult", "use_bias", (True,)),
        ("init_bias", "use_bias", (True,)),
        ("momentum", "optimizer", ("sgd",)),
        ("beta_1", "optimizer", ("adam",)),
        ("beta_2", "optimizer", ("adam",)),
        ("lr_scheduler_step", "use_lr_scheduler", (True,)),
        ("lr_scheduler_factor", "use_lr_scheduler", (True,)),
        ("lr_scheduler_minimum_lr", "use_lr_scheduler", (True,)),
        ("init_scale", "init_method", ("uniform",)),
        ("init_sigma", "init_method", ("normal",)),
        ("huber_delta", "loss", ("huber_loss",)),
        ("quantile", "loss", ("quantile_loss",)),
        ("margin", "loss", ("hinge_loss",)),
        (
            "loss_insensitivity",
            "loss",
            ("eps_insensitive_squared_loss", "eps_insensitive_absolute_loss"),
        ),
        (
            "target_precision",
            "binary_classifier_model_selection_criteria",
            ("recall_at_target_precision",),
        ),
        (
            "target_recall",
            "binary_classifier_model_selection_criteria",
            ("precision_at_target_recall",),
        ),
    )
    return [
        (name, f"it needs {other} {' or '.join(str(value).lower() for value in needed)}")
        for name, other, needed in conditions
        if name in given and values[other] not in needed
    ]
