"""A trained model: its file, its scores, its predictions.

linear-learner.npz is an archive of NumPy arrays without pickles, readable by numpy.load: `weights`
(features, outputs) and `bias` (outputs,), float64, for raw features and labels, and `description`,
a JSON text with predictor_type, loss, feature_dim, threshold (binary_classifier: scores from it on
mean label 1) and the settings that training chose.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .hyperparameters import BINARY, MULTICLASS, REGRESSOR
from .losses import sigmoid, softmax

MODEL_NAME = "linear-learner.npz"


@dataclass(frozen=True)
class LinearModel:
    predictor_type: str
    loss: str
    #: (features, outputs), (outputs,), float64
    weights: np.ndarray
    bias: np.ndarray
    threshold: float | None = None
    training: dict[str, Any] = field(default_factory=dict)

    @property
    def feature_dim(self) -> int:
        return self.weights.shape[0]

    def raw_scores(self, features: np.ndarray) -> np.ndarray:
        """(rows, outputs): predictions of regression, otherwise what the loss takes"""
        return features @ self.weights + self.bias

    def scores(self, raw: np.ndarray) -> np.ndarray:
        """What answers give: (rows,), or (rows, classes). Probabilities with logistic and
        softmax_loss.
        """
        if self.predictor_type == MULTICLASS:
            return softmax(raw)
        return sigmoid(raw[:, 0]) if self.loss == "logistic" else raw[:, 0]

    def predicted_labels(self, raw: np.ndarray) -> np.ndarray:
        """(rows,) int; not for regression"""
        if self.predictor_type == BINARY:
            return (self.scores(raw) >= self.threshold).astype(np.int64)
        return raw.argmax(axis=1)

    def predict(self, features: np.ndarray) -> list[dict[str, Any]]:
        """`score`, and for classifiers `predicted_label`, of each row of (rows, features)."""
        raw = self.raw_scores(features)
        scores = self.scores(raw)
        if self.predictor_type == REGRESSOR:
            return [{"score": score} for score in scores]
        labels = self.predicted_labels(raw).tolist()
        return [
            {"score": score, "predicted_label": label}
            for score, label in zip(scores, labels, strict=True)
        ]

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        description = {
            "predictor_type": self.predictor_type,
            "loss": self.loss,
            "feature_dim": self.feature_dim,
            "threshold": self.threshold,
            "training": self.training,
        }
        with (folder / MODEL_NAME).open("wb") as file:
            np.savez(
                file, weights=self.weights, bias=self.bias, description=json.dumps(description)
            )


def load_model(folder: Path) -> LinearModel:
    """Raises RuntimeError where the folder holds no model of this container."""
    path = folder / MODEL_NAME
    if not path.is_file():
        raise RuntimeError(
            f"no {MODEL_NAME} in the model's folder: it is not a model of the local Linear Learner"
        )
    try:
        with np.load(path, allow_pickle=False) as arrays:
            description = json.loads(str(arrays["description"]))
            return LinearModel(
                predictor_type=description["predictor_type"],
                loss=description["loss"],
                weights=arrays["weights"],
                bias=arrays["bias"],
                threshold=description["threshold"],
                training=description["training"],
            )
    except Exception as error:
        raise RuntimeError(f"{MODEL_NAME} cannot be loaded: {error}") from error
