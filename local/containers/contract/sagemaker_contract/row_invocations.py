"""Answers to POST /invocations by models that predict from rows of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .instances import read_instances
from .prediction_formats import Accepted, Prediction, encode_predictions, read_accept
from .responses import RequestError, Response, text

#: Predictions of (rows, features), one a row, as the Accept header asks for them.
Predict = Callable[[np.ndarray, Accepted], Sequence[Prediction]]


class RowInvocations:
    def __init__(
        self,
        predict: Predict,
        feature_dim: int,
        accepted: Sequence[str],
        envelope: str = "predictions",
    ) -> None:
        """`accepted`: media types that answers can have"""
        self._predict = predict
        self._feature_dim = feature_dim
        self._accepted = accepted
        self._envelope = envelope

    def answer(self, content_type: str | None, accept: str | None, body: bytes) -> Response:
        """400, 406 or 415 with a sentence where the request cannot be answered."""
        try:
            wanted = read_accept(accept, self._accepted)
            if not body:
                raise RequestError(text(400, "The body is empty: it must hold at least one row."))
            rows = read_instances(content_type, body, self._feature_dim)
            return encode_predictions(
                self._predict(rows, wanted), wanted.media_type, self._envelope
            )
        except RequestError as error:
            return error.response
