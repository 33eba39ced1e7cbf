"""The threshold above which a binary classifier's score means label 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Threshold:
    """A score from `value` on is predicted as 1."""

    value: float
    #: Of binary_classifier_model_selection_criteria on the rows that the threshold was chosen on;
    #: below 0 where no threshold reaches the target.
    criterion: float


def neutral_threshold(loss: str) -> float:
    """Where the two labels are equally likely."""
    return 0.5 if loss == "logistic" else 0.0


def best_threshold(
    scores: np.ndarray, labels: np.ndarray, neutral: float, hyperparameters: Mapping[str, Any]
) -> Threshold:
    """The best one by the selection criterion, among those that lie between two of the scores, and
    outside of all. Of equally good ones it is that nearest to `neutral`.

    `scores`, `labels`: (rows,)
    """
    order = np.argsort(-scores)
    scores, positives = scores[order].astype(np.float64), labels[order] == 1
    # Candidate i predicts 1 for the i highest scores; equal scores cannot be told apart.
    taken = np.arange(len(scores) + 1)
    hits = np.concatenate([[0], np.cumsum(positives)])
    apart = np.concatenate([[True], scores[1:] < scores[:-1], [True]])
    middles = np.concatenate([[np.inf], (scores[1:] + scores[:-1]) / 2, [-np.inf]])
    # Rounding may put a middle onto its lower neighbour, which it must be above.
    middles[1:-1] = np.where(middles[1:-1] > scores[1:], middles[1:-1], scores[:-1])
    values = _criterion(taken[apart], hits[apart], len(scores), hyperparameters)
    candidates = middles[apart]
    best = np.flatnonzero(values >= values.max() - 1e-12)
    place = best[np.argmin(np.abs(np.clip(candidates[best], -1e30, 1e30) - neutral))]
    value = candidates[place]
    # The neutral value itself, where it splits the rows in the same way.
    split = int(np.searchsorted(-scores, -neutral, side="right"))
    if split == taken[apart][place]:
        value = neutral
    elif not np.isfinite(value):
        value = np.nextafter(scores[0], np.inf) if value > 0 else scores[-1]
    return Threshold(float(value), float(values[place]))


def _criterion(
    taken: np.ndarray, hits: np.ndarray, rows: int, hyperparameters: Mapping[str, Any]
) -> np.ndarray:
    """By candidate: `taken` rows predicted as 1, of which `hits` are."""
    positives = int(hits[-1])
    name = hyperparameters["binary_classifier_model_selection_criteria"]
    if name in ("accuracy", "loss_function"):
        return (rows - positives - (taken - hits) + hits) / rows
    precision = hits / np.maximum(taken, 1)
    recall = hits / max(positives, 1)
    if name == "f_beta":
        square = hyperparameters["f_beta"] ** 2
        weighted = square * precision + recall
        return (1 + square) * precision * recall / np.where(weighted > 0, weighted, 1)
    if name == "precision_at_target_recall":
        return _held(precision, recall, hyperparameters["target_recall"])
    return _held(recall, precision, hyperparameters["target_precision"])


def _held(maximized: np.ndarray, held: np.ndarray, target: float) -> np.ndarray:
    """The one value where the other reaches its target; elsewhere below 0, the more the farther."""
    return np.where(held >= target - 1e-12, maximized, held - target - 1)
