"""Regression metrics that the container computes itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def _errors(labels: np.ndarray, predictions: np.ndarray) -> np.ndarray:
    if predictions.ndim > 1 and predictions.shape[1] > 1:
        raise ValueError(
            f"y_true and y_pred have different number of output (1!={predictions.shape[1]})"
        )
    # In single precision, as both come: the container's fifth decimal depends on it.
    return labels - predictions.ravel()


def _mse(labels: np.ndarray, predictions: np.ndarray) -> float:
    return float(np.mean(_errors(labels, predictions) ** 2))


def _rmse(labels: np.ndarray, predictions: np.ndarray) -> float:
    return float(np.sqrt(_mse(labels, predictions)))


def _mae(labels: np.ndarray, predictions: np.ndarray) -> float:
    return float(np.mean(np.abs(_errors(labels, predictions))))


def _r2(labels: np.ndarray, predictions: np.ndarray) -> float:
    unexplained = float(np.sum(_errors(labels, predictions) ** 2, dtype=float))
    total = float(np.sum((labels - labels.mean()) ** 2, dtype=float))
    if len(labels) < 2:
        return float("nan")
    if total == 0:
        return 1.0 if unexplained == 0 else 0.0
    return 1.0 - unexplained / total


BY_NAME: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "mse": _mse,
    "rmse": _rmse,
    "mae": _mae,
    "r2": _r2,
}
