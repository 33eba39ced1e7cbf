"""The metrics of one model on one channel, by the names of its log lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .hyperparameters import BINARY, REGRESSOR
from .linear_model import LinearModel
from .losses import loss_function, objective_name


@dataclass(frozen=True)
class Metric:
    name: str
    kind: Literal["loss", "score"]
    value: float


def metrics_of(
    model: LinearModel,
    features: np.ndarray,
    labels: np.ndarray,
    hyperparameters: Mapping[str, Any],
) -> list[Metric]:
    """In the order in which AWS logs them. A metric that the labels leave undefined is not in the
    list: roc_auc_score where only one label occurs.

    `features`: (rows, features), raw; `labels`: (rows,), raw
    """
    raw = model.raw_scores(features)
    losses, _ = loss_function(hyperparameters)(raw[:, None, :], labels)
    objective = Metric(objective_name(hyperparameters["loss"]), "loss", float(losses.mean()))
    if model.predictor_type == REGRESSOR:
        return [objective, *_regression(raw[:, 0] - labels)]
    predicted = model.predicted_labels(raw)
    if model.predictor_type == BINARY:
        return [objective, *_binary(raw[:, 0], predicted, labels, hyperparameters["f_beta"])]
    return [objective, *_multiclass(raw, predicted, labels.astype(np.int64), hyperparameters)]


def _regression(errors: np.ndarray) -> list[Metric]:
    mse = float((errors**2).mean())
    return [
        Metric("mse", "loss", mse),
        Metric("rmse", "loss", mse**0.5),
        Metric("absolute_loss", "loss", float(np.abs(errors).mean())),
    ]


def _binary(
    scores: np.ndarray, predicted: np.ndarray, labels: np.ndarray, beta: float
) -> list[Metric]:
    hits = float(((predicted == 1) & (labels == 1)).sum())
    precision = hits / max(float((predicted == 1).sum()), 1.0)
    recall = hits / max(float((labels == 1).sum()), 1.0)
    metrics = [
        Metric("binary_classification_accuracy", "score", float((predicted == labels).mean())),
        Metric(f"binary_f_{beta:.3f}", "score", _f_score(precision, recall, beta)),
        Metric("precision", "score", precision),
        Metric("recall", "score", recall),
    ]
    area = roc_auc(scores, labels)
    return metrics if area is None else [*metrics, Metric("roc_auc_score", "score", area)]


def roc_auc(scores: np.ndarray, labels: np.ndarray) -> float | None:
    """Area under the ROC curve; None where only one label occurs."""
    positives = labels == 1
    count = int(positives.sum())
    if count in (0, len(labels)):
        return None
    # Mean ranks of equal scores.
    _, inverse, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[inverse]
    above = ranks[positives].sum() - count * (count + 1) / 2
    return float(above / (count * (len(labels) - count)))


def _multiclass(
    raw: np.ndarray, predicted: np.ndarray, labels: np.ndarray, hyperparameters: Mapping[str, Any]
) -> list[Metric]:
    top_k, beta = hyperparameters["accuracy_top_k"], hyperparameters["f_beta"]
    own = raw[np.arange(len(labels)), labels]
    # Place of the true class among all by score, from 1; of equal scores the lower class is first.
    lower = np.arange(raw.shape[1]) < labels[:, None]
    places = 1 + ((raw > own[:, None]) | ((raw == own[:, None]) & lower)).sum(axis=1)
    classes = raw.shape[1]
    sizes = np.bincount(labels, minlength=classes)
    guesses = np.bincount(predicted, minlength=classes)
    hits = np.bincount(labels[predicted == labels], minlength=classes)
    # Classes without a row have no recall.
    present = sizes > 0
    recalls = hits[present] / sizes[present]
    precisions = hits[present] / np.maximum(guesses[present], 1)
    scores = [_f_score(*pair, beta) for pair in zip(precisions, recalls, strict=True)]
    recall = float(recalls.mean())
    return [
        Metric("multiclass_accuracy", "score", float((predicted == labels).mean())),
        Metric(f"multiclass_top_k_accuracy_{top_k}", "score", float((places <= top_k).mean())),
        Metric("dcg", "score", float((1 / np.log2(1 + places)).mean())),
        Metric("macro_recall", "score", recall),
        Metric("macro_precision", "score", float(precisions.mean())),
        Metric(f"macro_f_{beta:.3f}", "score", float(np.mean(scores))),
        Metric("multiclass_balanced_accuracy", "score", recall),
    ]


def _f_score(precision: float, recall: float, beta: float) -> float:
    weighted = beta**2 * precision + recall
    return float((1 + beta**2) * precision * recall / weighted) if weighted > 0 else 0.0
