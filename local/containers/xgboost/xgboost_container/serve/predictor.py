"""One endpoint's model, or ensemble of models."""

from __future__ import annotations

import json

import numpy as np
import xgboost as xgb
from scipy import sparse

from ..content_types import LIBSVM
from ..model_files import LoadedModel
from .decoders import loading_failed
from .dense_prediction import dense_predictor

_VOTING = ("multi:softmax", "binary:hinge")


class PredictionError(ValueError):
    """The rows do not fit the model."""


class Predictor:
    def __init__(self, models: list[LoadedModel]) -> None:
        for model in models:
            model.booster.set_param({"nthread": 1})
        self._models = models
        first = models[0].booster
        learner = json.loads(first.save_config())["learner"]
        self.objective: str = learner["objective"]["name"]
        self.classes = int(learner["learner_model_param"]["num_class"])
        self._width = first.num_features()
        self._dense = dense_predictor(first) if len(models) == 1 else None

    def predict(self, rows: np.ndarray | sparse.csr_matrix, data_format: str) -> np.ndarray:
        """One value a row, or one row of values with multi:softprob; float32.

        Raises DecodingError where a value is infinite, PredictionError where the rows do not fit
        the model.
        """
        if (
            self._dense is not None
            and isinstance(rows, np.ndarray)
            and rows.shape[1] == self._width
        ):
            dense = np.ascontiguousarray(rows, dtype=np.float32)
            if not np.isinf(dense).any():
                return self._dense.predict(dense)
        try:
            matrix = xgb.DMatrix(rows, nthread=1)
        except xgb.core.XGBoostError as error:
            raise loading_failed(data_format, error) from error
        try:
            return _combine(
                [_predict(model, matrix, data_format) for model in self._models], self.objective
            )
        except Exception as error:
            raise PredictionError(f"Unable to evaluate payload provided: {error}") from error


def _predict(model: LoadedModel, matrix: xgb.DMatrix, data_format: str) -> np.ndarray:
    if model.pickled:
        _check_width(matrix.num_col(), model.booster.num_features(), data_format)
    return model.booster.predict(matrix, validate_features=False)


def _check_width(given: int, trained: int, data_format: str) -> None:
    if data_format == LIBSVM and given > trained + 1:
        raise ValueError(
            f"Feature size of libsvm inference data {given} is larger than "
            f"feature size of trained model {trained}."
        )
    if data_format != LIBSVM and given not in (trained, trained - 1):
        raise ValueError(
            f"Feature size of {data_format} inference data {given} is not consistent "
            f"with feature size of trained model {trained}."
        )


def _combine(predictions: list[np.ndarray], objective: str) -> np.ndarray:
    if len(predictions) == 1:
        return predictions[0]
    together = np.stack(predictions)
    return _votes(together) if objective in _VOTING else np.mean(together, axis=0)


def _votes(together: np.ndarray) -> np.ndarray:
    """The most frequent class of each row; the smallest of several."""
    winners = np.empty(together.shape[1], together.dtype)
    for row in range(together.shape[1]):
        classes, counts = np.unique(together[:, row], return_counts=True)
        winners[row] = classes[counts.argmax()]
    return winners
