"""Losses of a batch of rows, for several models at once, and their gradients by the scores.

Scores are (rows, models, outputs): one output for regression and binary classification, one a class
for multiclass. Losses are (rows, models). Regression's parameters are in the units of the labels
that the optimizer sees: standard deviations where normalize_label is on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

#: (scores, labels) to (losses, gradients). Labels are (rows,): numbers, 0 and 1, or class numbers.
Loss = Callable[[np.ndarray, np.ndarray], "tuple[np.ndarray, np.ndarray]"]

#: The words that stand before `_objective` in log lines.
OBJECTIVE_NAMES = {
    "squared_loss": "mse",
    "logistic": "binary_classification_cross_entropy",
    "softmax_loss": "multiclass_cross_entropy",
}


def objective_name(loss: str) -> str:
    return f"{OBJECTIVE_NAMES.get(loss, loss)}_objective"


def loss_function(hyperparameters: Mapping[str, Any]) -> Loss:
    name = hyperparameters["loss"]
    if name in ("logistic", "softmax_loss", "hinge_loss"):
        return {
            "logistic": _logistic,
            "softmax_loss": _softmax,
            "hinge_loss": lambda scores, labels: _hinge(scores, labels, hyperparameters["margin"]),
        }[name]
    insensitivity = hyperparameters["loss_insensitivity"]
    of_error = {
        "squared_loss": lambda error: (error * error, 2 * error),
        "absolute_loss": lambda error: (np.abs(error), np.sign(error)),
        "eps_insensitive_squared_loss": lambda error: _dead_zone_squared(error, insensitivity),
        "eps_insensitive_absolute_loss": lambda error: _dead_zone(error, insensitivity),
        "quantile_loss": lambda error: _quantile(error, hyperparameters["quantile"]),
        "huber_loss": lambda error: _huber(error, hyperparameters["huber_delta"]),
    }[name]

    def regression(scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        losses, gradients = of_error(scores[:, :, 0] - labels[:, None])
        return losses, gradients[:, :, None]

    return regression


def _logistic(scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    margins = scores[:, :, 0] * (1 - 2 * labels)[:, None]
    # log(1 + e^margin) without overflow.
    losses = np.maximum(margins, 0) + np.log1p(np.exp(-np.abs(margins)))
    return losses, (sigmoid(scores[:, :, 0]) - labels[:, None])[:, :, None]


def _hinge(scores: np.ndarray, labels: np.ndarray, margin: float) -> tuple[np.ndarray, np.ndarray]:
    signs = (2 * labels - 1)[:, None]
    losses = np.maximum(0, margin - signs * scores[:, :, 0])
    return losses, np.where(losses > 0, -signs, 0).astype(scores.dtype)[:, :, None]


def _softmax(scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    probabilities = softmax(scores)
    rows, classes = np.arange(len(labels)), labels.astype(np.int64)
    chosen = probabilities[rows, :, classes]
    losses = -np.log(np.maximum(chosen, np.finfo(scores.dtype).tiny))
    probabilities[rows, :, classes] -= 1
    return losses, probabilities


def _dead_zone(error: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    losses = np.maximum(0, np.abs(error) - width)
    return losses, np.where(losses > 0, np.sign(error), 0).astype(error.dtype)


def _dead_zone_squared(error: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    beyond = np.maximum(0, np.abs(error) - width)
    return beyond * beyond, 2 * beyond * np.sign(error)


def _quantile(error: np.ndarray, quantile: float) -> tuple[np.ndarray, np.ndarray]:
    # Labels lie below the prediction with probability `quantile`.
    slopes = np.where(error > 0, 1 - quantile, -quantile).astype(error.dtype)
    return slopes * error, slopes


def _huber(error: np.ndarray, delta: float) -> tuple[np.ndarray, np.ndarray]:
    clipped = np.clip(error, -delta, delta)
    return clipped * (error - clipped / 2), clipped


def sigmoid(scores: np.ndarray) -> np.ndarray:
    # tanh does not overflow.
    return (np.tanh(scores / 2) + 1) / 2


def softmax(scores: np.ndarray) -> np.ndarray:
    """Over the last axis; a new array."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers
