"""Metrics that the container computes itself, beside XGBoost's own. Values and errors are scikit-
learn's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Metric = Callable[[np.ndarray, np.ndarray], float]


def _predicted_classes(predictions: np.ndarray) -> np.ndarray:
    # The container compares with 0, as if these were margins; for binary:logistic they are
    # probabilities, so that each
    # row counts as class 1. Kept: it is what AWS reports.
    return predictions.argmax(axis=-1) if predictions.ndim > 1 else (predictions > 0.0).astype(int)


def _on_classes(score: Metric) -> Metric:
    def metric(labels: np.ndarray, predictions: np.ndarray) -> float:
        if predictions.size == 0:
            return 0.0
        if not np.array_equal(labels, np.floor(labels)):
            raise ValueError(
                "Classification metrics can't handle a mix of continuous and binary targets"
            )
        return float(score(labels.astype(int), _predicted_classes(predictions)))

    return metric


def _accuracy(labels: np.ndarray, classes: np.ndarray) -> float:
    return np.mean(labels == classes)


def _counts(
    labels: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each class that occurs: its name, rows of it, rows predicted to be it, rows rightly so."""
    names = np.union1d(labels, classes)
    of_label = labels == names[:, None]
    of_class = classes == names[:, None]
    return names, of_label.sum(axis=1), of_class.sum(axis=1), (of_label & of_class).sum(axis=1)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)


def _precisions(labels: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    names, _, predicted, right = _counts(labels, classes)
    return names, _ratio(right, predicted)


def _recalls(labels: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    names, actual, _, right = _counts(labels, classes)
    return names, _ratio(right, actual)


def _f1s(labels: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    names, actual, predicted, right = _counts(labels, classes)
    return names, _ratio(2 * right, actual + predicted)


def _balanced_accuracy(labels: np.ndarray, classes: np.ndarray) -> float:
    _, actual, _, right = _counts(labels, classes)
    return np.mean(right[actual > 0] / actual[actual > 0])


def _macro(scores: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> Metric:
    return lambda labels, classes: np.mean(scores(labels, classes)[1])


def _binary(scores: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> Metric:
    def score(labels: np.ndarray, classes: np.ndarray) -> float:
        names, values = scores(labels, classes)
        if len(names) > 2 or names.max() > 1 and len(names) > 1:
            raise ValueError(
                "Target is multiclass but average='binary'. Please choose another average setting, "
                "one of [None, 'micro', 'macro', 'weighted']."
            )
        return float(values[names == 1][0]) if 1 in names else 0.0

    return score


BY_NAME: dict[str, Metric] = {
    "accuracy": _on_classes(_accuracy),
    "balanced_accuracy": _on_classes(_balanced_accuracy),
    "f1": _on_classes(_macro(_f1s)),
    "f1_binary": _on_classes(_binary(_f1s)),
    "f1_macro": _on_classes(_macro(_f1s)),
    "precision": _on_classes(_binary(_precisions)),
    "precision_macro": _on_classes(_macro(_precisions)),
    "precision_micro": _on_classes(_accuracy),
    "recall": _on_classes(_binary(_recalls)),
    "recall_macro": _on_classes(_macro(_recalls)),
    "recall_micro": _on_classes(_accuracy),
}
