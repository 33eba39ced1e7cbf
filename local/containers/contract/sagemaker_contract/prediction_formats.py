"""Predictions to response bodies, as SageMaker's own algorithms write them.

Numbers are float32 widened to double, as Python writes them: 3.0, 0.23653684556484222.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .media_types import split_header
from .record_writer import encode_record
from .responses import RequestError, Response, text

CSV = "text/csv"
JSON = "application/json"
JSON_LINES = "application/jsonlines"
RECORDIO = "application/x-recordio-protobuf"

#: Of one row: numbers or lists of numbers, by name; an int, as a class's number, is written as one.
Prediction = dict[str, "float | int | np.ndarray"]


@dataclass(frozen=True)
class Accepted:
    """What a request's Accept header asks for."""

    media_type: str
    parameters: dict[str, str]


def read_accept(accept: str | None, known: Sequence[str]) -> Accepted:
    """JSON where nothing or anything is asked for. Raises RequestError with 406."""
    media_type, parameters = split_header(accept or JSON)
    if media_type == "*/*":
        media_type = JSON
    if media_type not in known:
        raise RequestError(
            text(
                406, f"Accept type {accept} is not supported. It must be one of {', '.join(known)}."
            )
        )
    return Accepted(media_type, parameters)


def encode_predictions(
    predictions: Sequence[Prediction], media_type: str, envelope: str = "predictions"
) -> Response:
    """`envelope`: the one key of the JSON object that holds them all."""
    if media_type == RECORDIO:
        records = (
            encode_record(label={name: np.atleast_1d(value) for name, value in row.items()})
            for row in predictions
        )
        return Response(200, RECORDIO, b"".join(records))
    rows = [{name: _widened(value) for name, value in row.items()} for row in predictions]
    if media_type == JSON:
        return Response(200, JSON, json.dumps({envelope: rows}).encode())
    if media_type == JSON_LINES:
        return Response(200, JSON_LINES, "".join(f"{json.dumps(row)}\n" for row in rows).encode())
    lines = (",".join(map(repr, _flat(row))) + "\n" for row in rows)
    return Response(200, CSV, "".join(lines).encode())


def _widened(value: float | int | np.ndarray) -> float | int | list[float]:
    if type(value) is int:
        return value
    return np.asarray(value, dtype=np.float32).astype(np.float64).tolist()


def _flat(row: dict[str, float | list[float]]) -> list[float]:
    return [
        number
        for value in row.values()
        for number in (value if isinstance(value, list) else [value])
    ]
