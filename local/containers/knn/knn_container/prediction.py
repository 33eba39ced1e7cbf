"""From the labels of the nearest rows to a prediction."""

from __future__ import annotations

import numpy as np

CLASSIFIER = "classifier"
REGRESSOR = "regressor"


def predict(neighbor_labels: np.ndarray, predictor_type: str) -> np.ndarray:
    """One value a row of (rows, k) labels: the most frequent with "classifier", the mean with
    "regressor".

    NaN stands for a neighbor that was not found. Of classes that are equally frequent the smallest
    wins, as in scikit-learn; what AWS does is not documented.
    """
    if predictor_type == REGRESSOR:
        return np.nanmean(neighbor_labels, axis=1)
    classes = np.unique(neighbor_labels[~np.isnan(neighbor_labels)])
    votes = np.stack([(neighbor_labels == name).sum(axis=1) for name in classes], axis=1)
    return classes[votes.argmax(axis=1)]


def score(labels: np.ndarray, predictions: np.ndarray, predictor_type: str) -> float:
    """Accuracy, from 0 to 1, or mean squared error."""
    if predictor_type == CLASSIFIER:
        return float(np.mean(labels == predictions))
    return float(np.mean(np.square(labels - predictions)))
