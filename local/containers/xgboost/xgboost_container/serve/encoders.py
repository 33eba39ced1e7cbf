"""Predictions to response bodies. Numbers are float32 widened to double, as Python writes them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np
from sagemaker_contract.responses import CSV, JSON, JSON_LINES, RequestError, Response, page

_CONTENT_TYPES = {"text/csv": CSV, "application/json": JSON, "application/jsonlines": JSON_LINES}
#: In the order in which the container's message lists them.
ACCEPTED = (
    "application/json",
    "application/jsonlines",
    "application/x-recordio-protobuf",
    "text/csv",
)


def encode(predictions: np.ndarray, accept: str) -> Response:
    """Raises RequestError for a type that the container accepts but cannot write."""
    values = predictions.tolist()
    if accept == "text/csv":
        lines = (
            map(repr, values)
            if predictions.ndim == 1
            else (",".join(map(repr, row)) for row in values)
        )
        return Response(200, CSV, ("\n".join(lines) + "\n").encode())
    if accept == "application/json":
        body = json.dumps({"predictions": [{"score": value} for value in values]})
        return Response(200, JSON, body.encode())
    raise RequestError(page(500))


def encode_batch(predictions: np.ndarray, accept: str) -> Response:
    """For batch transform: a line for each row, under every content type."""
    if accept not in _CONTENT_TYPES:
        raise RequestError(page(500))
    lines = "".join(f"{value}\n" for value in predictions.tolist())
    return Response(200, _CONTENT_TYPES[accept], lines.encode())


def encode_selected(
    rows: list[dict[str, Any]], keys: tuple[str, ...], accept: str, batch: bool
) -> Response:
    if accept == "text/csv":
        body = _selected_csv(rows, keys) + ("\n" if batch else "")
        return Response(200, CSV, body.encode())
    if accept == "application/json":
        return Response(200, JSON, json.dumps({"predictions": rows}).encode())
    if accept == "application/jsonlines":
        lines = "".join(f"{json.dumps(row)}\n" for row in rows)
        return Response(200, JSON_LINES, lines.encode())
    raise RequestError(page(500))


def _selected_csv(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([row[key] for key in keys])
    return text.getvalue().removesuffix("\n")
