"""Answers to POST /invocations: scores of pairs, or encodings of one side's sequences."""

from __future__ import annotations

from collections.abc import Mapping

from sagemaker_contract.prediction_formats import JSON, JSON_LINES, encode_predictions, read_accept
from sagemaker_contract.responses import RequestError, Response

from .forward import embeddings, scores
from .model_files import Model
from .requests import read_query

_MODES = ("classification", "embedding")


def check_preferred_mode(environment: Mapping[str, str]) -> None:
    """INFERENCE_PREFERRED_MODE says which network AWS keeps on a GPU; on CPUs both are at hand.

    Raises ValueError for a mode that there is not.
    """
    mode = environment.get("INFERENCE_PREFERRED_MODE")
    if mode is not None and mode not in _MODES:
        raise ValueError(
            f"INFERENCE_PREFERRED_MODE is '{mode}': it must be one of {', '.join(_MODES)}"
        )


class Invocations:
    def __init__(self, model: Model) -> None:
        self._model = model
        # Brings the weights into memory, so that the first request need not wait for them.
        scores(model, ([[0]], [[0]]))

    def answer(self, content_type: str | None, accept: str | None, body: bytes) -> Response:
        """400, 406 or 415 with a sentence where the request cannot be answered."""
        try:
            accepted = read_accept(accept, (JSON, JSON_LINES))
            query = read_query(content_type, body, self._model.shape).sequences
        except RequestError as error:
            return error.response
        if len(query) == 2:
            name, values = "scores", scores(self._model, (query[0], query[1]))
        else:
            ((side, sequences),) = query.items()
            name, values = "embeddings", embeddings(self._model, side, sequences)
        return encode_predictions([{name: row} for row in values], accepted.media_type)
