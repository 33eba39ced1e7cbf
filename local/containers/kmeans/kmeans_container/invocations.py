"""Answers: for each row the number of its cluster and the Euclidean distance to its center."""

from __future__ import annotations

import numpy as np
from sagemaker_contract.prediction_formats import (
    CSV,
    JSON,
    JSON_LINES,
    RECORDIO,
    Accepted,
    Prediction,
)
from sagemaker_contract.row_invocations import RowInvocations

from .nearest_centers import nearest_centers


def invocations(centers: np.ndarray) -> RowInvocations:
    """`centers`: (k, features)"""

    def predict(rows: np.ndarray, accepted: Accepted) -> list[Prediction]:
        closest, squared = nearest_centers(rows, centers)
        return [
            {"closest_cluster": float(cluster), "distance_to_cluster": float(distance)}
            for cluster, distance in zip(closest, np.sqrt(squared), strict=True)
        ]

    return RowInvocations(predict, centers.shape[1], (JSON, JSON_LINES, RECORDIO, CSV))
