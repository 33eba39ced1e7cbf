"""Answers: for each row its place along each component, the largest component last."""

from __future__ import annotations

import numpy as np
from sagemaker_contract.prediction_formats import JSON, JSON_LINES, RECORDIO, Accepted, Prediction
from sagemaker_contract.row_invocations import RowInvocations

from .components import Components


def invocations(components: Components) -> RowInvocations:
    def predict(rows: np.ndarray, accepted: Accepted) -> list[Prediction]:
        return [{"projection": projection} for projection in components.project(rows)]

    return RowInvocations(
        predict, len(components.v), (JSON, JSON_LINES, RECORDIO), envelope="projections"
    )
