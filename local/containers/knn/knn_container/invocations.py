"""Answers: a label for each row; with `verbose=true` in Accept also the neighbors' distances and
labels.
"""

from __future__ import annotations

import numpy as np
from sagemaker_contract.prediction_formats import JSON, JSON_LINES, RECORDIO, Accepted, Prediction
from sagemaker_contract.row_invocations import RowInvocations

from .model import Model
from .prediction import predict


def invocations(model: Model) -> RowInvocations:
    def answer(rows: np.ndarray, accepted: Accepted) -> list[Prediction]:
        neighbors = model.neighbors(rows)
        labels = predict(neighbors.labels, model.predictor_type)
        answers: list[Prediction] = [{"predicted_label": float(label)} for label in labels]
        if accepted.parameters.get("verbose") == "true":
            for number, row in enumerate(answers):
                found = ~np.isnan(neighbors.labels[number])
                row["distances"] = neighbors.distances[number][found]
                row["labels"] = neighbors.labels[number][found]
        return answers

    return RowInvocations(answer, model.feature_dim, (JSON, JSON_LINES, RECORDIO))
