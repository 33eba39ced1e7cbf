"""What the models are compared by after each epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .fitting import Assessment
from .hyperparameters import BINARY
from .losses import loss_function, objective_name
from .parallel_models import ParallelModels
from .scaling import Scaling
from .thresholds import best_criterion

_CHUNK = 8192
#: Rows that `auto` takes for num_calibration_samples: more do not move a threshold.
_CALIBRATION_ROWS = 100_000


class Selection:
    """Compares models on rows that they are not trained on, or on training's where there are none.

    Regression and multiclass: by the loss. Binary: by the selection criterion at each model's best
    threshold on the first num_calibration_samples rows; the loss decides between equal ones.
    """

    def __init__(
        self,
        features: np.ndarray,
        labels: np.ndarray,
        scaling: Scaling,
        hyperparameters: Mapping[str, Any],
        is_validation: bool,
    ) -> None:
        """`features`: raw, (rows, features); `labels`: raw, (rows,)"""
        limit = len(labels) if is_validation else _CALIBRATION_ROWS
        self._scaled = scaling.features(features[:limit])
        self._labels = labels[:limit].astype(np.float32)
        self._scaling = scaling
        self._hyperparameters = hyperparameters
        self._is_validation = is_validation
        self._loss = loss_function(hyperparameters)
        count = hyperparameters["num_calibration_samples"]
        self._calibrated = _CALIBRATION_ROWS if count == "auto" else count
        criterion = hyperparameters["binary_classifier_model_selection_criteria"]
        self._binary = hyperparameters["predictor_type"] == BINARY
        self._by_threshold = self._binary and criterion != "loss_function"
        self._criterion_name = f"sampled_{criterion}"
        self._objective_name = objective_name(hyperparameters["loss"])

    def assess(
        self, training_losses: np.ndarray, models: ParallelModels
    ) -> tuple[Assessment, np.ndarray]:
        """And the mean loss of each model on these rows, (models,), in the labels' own units."""
        total = np.zeros(len(training_losses))
        kept: list[np.ndarray] = []
        for start, scores in self._scores(models):
            losses, _ = self._loss(scores, self._labels[start : start + len(scores)])
            total += losses.sum(axis=0, dtype=np.float64)
            if self._by_threshold and start < self._calibrated:
                kept.append(scores[: self._calibrated - start, :, 0])
        means = total / len(self._labels)
        tie = np.nan_to_num(-means, nan=-np.inf)
        selection = self._criteria(np.concatenate(kept)) if self._by_threshold else tie
        return Assessment(selection, tie, self._stopping(selection, tie, training_losses)), means

    def _stopping(
        self, selection: np.ndarray, tie: np.ndarray, training_losses: np.ndarray
    ) -> dict[str, float]:
        """The loss goes on falling where the criterion stands still: where few labels are 1, models
        that are barely trained find as many rows right as any, by predicting 0 throughout.
        """
        if not self._is_validation:
            return {self._objective_name: _best(np.nan_to_num(-training_losses, nan=-np.inf))}
        stopping = {self._objective_name: _best(tie)}
        if self._by_threshold:
            stopping[self._criterion_name] = _best(selection)
        return stopping

    def _scores(self, models: ParallelModels) -> Iterator[tuple[int, np.ndarray]]:
        scaling = self._scaling
        for start in range(0, len(self._scaled), _CHUNK):
            scores = models.scores(self._scaled[start : start + _CHUNK])
            yield start, scores * scaling.label_deviation + scaling.label_mean

    def _criteria(self, scores: np.ndarray) -> np.ndarray:
        labels = self._labels[: len(scores)]
        return np.array(
            [
                # Of raw scores: what the order of the rows decides, probabilities would too.
                best_criterion(column, labels, self._hyperparameters)
                if np.isfinite(column).all()
                else -np.inf
                for column in np.ascontiguousarray(scores.T)
            ]
        )

    def calibration_rows(self) -> int:
        return min(self._calibrated, len(self._labels))


def _best(values: np.ndarray) -> float:
    return float(values.max())
