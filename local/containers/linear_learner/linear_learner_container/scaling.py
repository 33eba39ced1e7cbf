"""Shifting and scaling of features and labels before training, and undoing it in the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .hyperparameters import REGRESSOR


@dataclass(frozen=True)
class Scaling:
    """x' = (x - mean) / deviation, by feature and for the label."""

    #: (features,)
    mean: np.ndarray
    deviation: np.ndarray
    label_mean: float
    label_deviation: float

    @classmethod
    def fit(
        cls, features: np.ndarray, labels: np.ndarray, hyperparameters: Mapping[str, Any]
    ) -> Scaling:
        """From the first num_point_for_scaler rows.

        normalize_* divides by the standard deviation, unbias_* subtracts the mean. `auto` is on,
        for unbias_* where the model has a bias that can take the mean up; labels are left alone
        unless they are regression's.
        """
        count = hyperparameters["num_point_for_scaler"]
        features, labels = features[:count], labels[:count]
        use_bias = hyperparameters["use_bias"]
        regression = hyperparameters["predictor_type"] == REGRESSOR
        width = features.shape[1]
        shift = _on(hyperparameters["unbias_data"], use_bias)
        scale = _on(hyperparameters["normalize_data"], True)
        shift_label = regression and use_bias and _on(hyperparameters["unbias_label"], True)
        scale_label = regression and _on(hyperparameters["normalize_label"], True)
        return cls(
            mean=features.mean(axis=0, dtype=np.float64) if shift else np.zeros(width),
            deviation=_not_zero(features.std(axis=0, dtype=np.float64))
            if scale
            else np.ones(width),
            label_mean=float(labels.mean()) if shift_label else 0.0,
            label_deviation=float(_not_zero(labels.std())) if scale_label else 1.0,
        )

    def features(self, rows: np.ndarray) -> np.ndarray:
        """(rows, features) float32, for the optimizer."""
        return ((rows - self.mean) / self.deviation).astype(np.float32)

    def labels(self, labels: np.ndarray) -> np.ndarray:
        return ((labels - self.label_mean) / self.label_deviation).astype(np.float32)

    def unscaled(self, weights: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same model on raw features and labels, float64.

        `weights`: (features, outputs); `bias`: (outputs,)
        """
        raw = weights.astype(np.float64) / self.deviation[:, None]
        shifted = bias.astype(np.float64) - self.mean @ raw
        return raw * self.label_deviation, shifted * self.label_deviation + self.label_mean


def _on(setting: str, auto: bool) -> bool:
    return auto if setting == "auto" else setting == "true"


def _not_zero(deviation: np.ndarray) -> np.ndarray:
    # A constant feature has none; divided by 1 it stays what it is.
    return np.where(deviation > 0, deviation, 1.0)
