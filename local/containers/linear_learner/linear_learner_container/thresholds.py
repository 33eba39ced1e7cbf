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
    ordered, taken, hits = _candidates(scores, labels)
    ordered = ordered.astype(np.float64)
    values = _criterion(taken, hits, len(scores), hyperparameters)
    middles = np.concatenate([[np.inf], (ordered[1:] + ordered[:-1]) / 2, [-np.inf]])
    # Rounding may put a middle onto its lower neighbour, which it must be above.
    middles[1:-1] = np.where(middles[1:-1] > ordered[1:], middles[1:-1], ordered[:-1])
    candidates = middles[taken]
    best = np.flatnonzero(values >= values.max() - 1e-12)
    place = best[np.argmin(np.abs(np.clip(candidates[best], -1e30, 1e30) - neutral))]
    value = candidates[place]
    # The neutral value itself, where it splits the rows in the same way.
    split = int(np.count_nonzero(ordered >= neutral))
    if split == taken[place]:
        value = neutral
    elif not np.isfinite(value):
        value = np.nextafter(ordered[0], np.inf) if value > 0 else ordered[-1]
    return Threshold(float(value), float(values[place]))


def best_criterion(
    scores: np.ndarray, labels: np.ndarray, hyperparameters: Mapping[str, Any]
) -> float:
    """What `best_threshold` reaches; in half the time, for comparing many models."""
    _, taken, hits = _candidates(scores, labels)
    return float(_criterion(taken, hits, len(scores), hyperparameters).max())


def _candidates(
    scores: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The scores from the highest on; and, by candidate, how many of them are predicted as 1, and
    how many of those have label 1. Equal scores cannot be told apart.
    """
    order = np.argsort(-scores)
    ordered = scores[order]
    hits = np.zeros(len(scores) + 1, np.int32)
    np.cumsum(labels[order] == 1, out=hits[1:])
    apart = np.ones(len(scores) + 1, bool)
    np.less(ordered[1:], ordered[:-1], out=apart[1:-1])
    taken = np.flatnonzero(apart)
    return ordered, taken, hits if len(taken) == len(hits) else hits[taken]


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
