"""The keys that SAGEMAKER_INFERENCE_OUTPUT may ask for, by objective."""

from __future__ import annotations

from typing import Any

import numpy as np

_LABEL_KEYS = ("predicted_label", "labels", "raw_score", "raw_scores")
_PROBABILITY_KEYS = (*_LABEL_KEYS, "probability", "probabilities")
_SCORE_KEYS = ("predicted_score",)
#: In this order JSON lists them.
_ORDER = (
    "predicted_label",
    "labels",
    "probability",
    "probabilities",
    "raw_score",
    "raw_scores",
    "predicted_score",
)
_VALID = {
    "reg:squarederror": _SCORE_KEYS,
    "reg:logistic": _SCORE_KEYS,
    "reg:gamma": _SCORE_KEYS,
    "reg:tweedie": _SCORE_KEYS,
    "binary:logistic": _PROBABILITY_KEYS,
    "binary:logitraw": _LABEL_KEYS,
    "binary:hinge": _LABEL_KEYS,
    "multi:softmax": _LABEL_KEYS,
    "multi:softprob": _PROBABILITY_KEYS,
}


class ObjectiveError(ValueError):
    """The model's objective has no such output."""


def select(
    predictions: np.ndarray, keys: tuple[str, ...], objective: str, classes: int
) -> list[dict[str, Any]]:
    """For each row the keys asked for; those that the objective does not have are NaN.

    `classes`: of multi:* objectives; 0 otherwise
    Raises ObjectiveError.
    """
    if objective not in _VALID:
        raise ObjectiveError(
            f"Objective `{objective}` unsupported for selectable inference predictions."
        )
    valid = [key for key in _ORDER if key in keys and key in _VALID[objective]]
    missing = {key: float("nan") for key in keys if key not in valid}
    rows = []
    for prediction in predictions.tolist():
        values = _values(prediction, objective, classes)
        rows.append({key: values[key] for key in valid} | missing)
    return rows


def _values(prediction: Any, objective: str, classes: int) -> dict[str, Any]:
    if objective.startswith("reg:"):
        return {"predicted_score": prediction}
    labels = list(range(classes or 2))
    if objective == "multi:softprob":
        score, scores = max(prediction), prediction
        label: float = int(np.argmax(prediction))
    else:
        score, scores = prediction, [1 - prediction, prediction]
        label = prediction
        if objective == "binary:logistic":
            label = int(prediction > 0.5)
        elif objective == "binary:logitraw":
            label = int(prediction > 0)
    return {
        "predicted_label": label,
        "labels": labels,
        "raw_score": score,
        "raw_scores": scores,
        "probability": score,
        "probabilities": scores,
    }
