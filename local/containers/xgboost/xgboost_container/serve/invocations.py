"""What POST /invocations answers."""

from __future__ import annotations

from functools import lru_cache

from sagemaker_contract.media_types import split_header
from sagemaker_contract.responses import RequestError, Response, text

from ..content_types import ContentTypeError, format_of
from . import encoders
from .decoders import DECODED, DecodingError, decode
from .predictor import PredictionError, Predictor
from .selectable_output import ObjectiveError, select
from .settings import Settings

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Invocations:
    def __init__(self, predictor: Predictor, settings: Settings) -> None:
        self._predictor = predictor
        self._settings = settings
        # Clients send the same few headers again and again.
        self._format = lru_cache(maxsize=64)(_format)
        self._accept = lru_cache(maxsize=64)(self._accepted)

    def answer(self, content_type: str | None, accept: str | None, body: bytes) -> Response:
        """Checks in the container's order: body, content type, rows, accepted type."""
        try:
            if not body:
                return text(204)
            data_format = self._format(content_type)
            if data_format is None:
                return text(204)  # Flask takes a form for itself, so that the handler sees no body.
            rows = decode(body, data_format)
            predictions = self._predictor.predict(rows, data_format)
            return self._encode(predictions, self._accept(accept))
        except RequestError as error:
            return error.response
        except DecodingError as error:
            return text(415, str(error))
        except PredictionError as error:
            return text(400, str(error))
        except ObjectiveError as error:
            return text(500, str(error))

    def _encode(self, predictions, accept: str) -> Response:
        keys = self._settings.output_keys
        if keys is not None:
            predictor = self._predictor
            rows = select(predictions, keys, predictor.objective, predictor.classes)
            return encoders.encode_selected(rows, keys, accept, self._settings.batch)
        if self._settings.batch:
            return encoders.encode_batch(predictions, accept)
        return encoders.encode(predictions, accept)

    def _accepted(self, accept: str | None) -> str:
        if not accept or accept == "*/*":
            return self._settings.default_accept
        media_type = split_header(accept)[0]
        if media_type not in encoders.ACCEPTED:
            raise RequestError(
                text(
                    406,
                    f"Accept type {media_type} is not supported. "
                    f"Please use supported accept types: {list(encoders.ACCEPTED)}.",
                )
            )
        return media_type


def _format(content_type: str | None) -> str | None:
    """The format to decode; None for a form."""
    if content_type is not None and split_header(content_type)[0] in _FORMS:
        return None
    try:
        data_format = format_of(content_type)
    except ContentTypeError as error:
        raise RequestError(text(415, str(error))) from error
    if data_format not in DECODED:
        raise RequestError(text(415, f"Content-type {content_type} is not supported."))
    return data_format
