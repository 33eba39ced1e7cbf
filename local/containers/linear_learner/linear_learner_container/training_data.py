"""The channels of a job, with labels that its predictor type can use."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
from sagemaker_contract.errors import UserError
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.tabular_channels import Rows, check_channels, read_rows

from .hyperparameters import BINARY, REGRESSOR

logger = logging.getLogger(__name__)


def read_channels(opt_ml: OptMl, hyperparameters: Mapping[str, Any]) -> dict[str, Rows]:
    """train, and validation and test where the job feeds them. Raises UserError."""
    channels = opt_ml.config("inputdataconfig")
    check_channels(channels, {"train"}, {"validation", "test"})
    width = hyperparameters["feature_dim"]
    expected = None if width == "auto" else width
    data: dict[str, Rows] = {}
    for name in ("train", "validation", "test"):
        if name in channels:
            data[name] = read_rows(opt_ml, name, channels[name], expected, labelled=True)
            expected = data[name].features.shape[1]
            _check_labels(name, data[name].labels, hyperparameters)
    _warn_of_order(data["train"].labels, hyperparameters)
    return data


def row_weights(labels: np.ndarray, hyperparameters: Mapping[str, Any]) -> np.ndarray:
    """(rows,) float32: all 1, or, with balance_multiclass_weights, as many for each class."""
    if not hyperparameters["balance_multiclass_weights"]:
        return np.ones(len(labels), np.float32)
    classes = labels.astype(np.int64)
    counts = np.bincount(classes)
    present = np.count_nonzero(counts)
    return (len(labels) / (present * counts[classes])).astype(np.float32)


def _check_labels(channel: str, labels: np.ndarray, hyperparameters: Mapping[str, Any]) -> None:
    predictor = hyperparameters["predictor_type"]
    if predictor == REGRESSOR:
        return
    count = 2 if predictor == BINARY else hyperparameters["num_classes"]
    wrong = np.flatnonzero((labels != np.floor(labels)) | (labels < 0) | (labels >= count))
    if len(wrong):
        rule = "0 or 1" if predictor == BINARY else f"an integer from 0 to {count - 1}"
        raise UserError(
            f"Channel '{channel}', row {wrong[0] + 1}: got label {labels[wrong[0]]:g}; with "
            f"predictor_type {predictor} it must be {rule}."
        )
    if channel == "train" and len(np.unique(labels)) == 1:
        raise UserError(
            f"Channel 'train': every row has label {labels[0]:g}; a classifier needs two or more."
        )


def _warn_of_order(labels: np.ndarray, hyperparameters: Mapping[str, Any]) -> None:
    if hyperparameters["predictor_type"] == REGRESSOR or len(labels) < 100:
        return
    changes = int(np.count_nonzero(labels[1:] != labels[:-1]))
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    if changes < 0.2 * (1 - float((shares**2).sum())) * len(labels):
        logger.warning(
            "Channel 'train' seems to be sorted by label. Rows are learned from in their order: "
            "shuffle them in the ETL script, or the model will be poor."
        )
