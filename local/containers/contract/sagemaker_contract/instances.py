"""Request bodies of SageMaker's own algorithms to rows: the formats that AWS documents as common to
them for inference.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from scipy import sparse

from .media_types import split_header
from .numeric_csv import NumericCsvError, parse_numeric_csv
from .recordio import decode_records
from .responses import RequestError, text

CSV = "text/csv"
JSON = "application/json"
JSON_LINES = "application/jsonlines"
RECORDIO = "application/x-recordio-protobuf"

CONTENT_TYPES = (CSV, JSON, JSON_LINES, RECORDIO)


class InstanceError(ValueError):
    """The body is no such rows: says which and why."""


def read_instances(content_type: str | None, body: bytes, feature_dim: int) -> np.ndarray:
    """(rows, feature_dim) as float64. Raises RequestError with 415 for another content type, with
    400 for a body that is not in it or has another number of features.
    """
    media_type, parameters = split_header(content_type or "")
    if media_type not in CONTENT_TYPES:
        raise RequestError(
            text(
                415,
                f"Content type {content_type or 'none'} is not supported. "
                f"It must be one of {', '.join(CONTENT_TYPES)}.",
            )
        )
    try:
        rows = _decode(media_type, parameters, body)
        if not len(rows):
            raise InstanceError("there is no row in it")
        if rows.shape[1] != feature_dim:
            raise InstanceError(
                f"got {rows.shape[1]} features a row, the model was trained on {feature_dim}"
            )
        if not np.isfinite(rows).all():
            raise InstanceError("a number is infinite or missing")
    except ValueError as error:
        raise RequestError(
            text(400, f"The body cannot be read as {media_type}: {error}.")
        ) from error
    return rows


def _decode(media_type: str, parameters: dict[str, str], body: bytes) -> np.ndarray:
    if media_type == RECORDIO:
        features, _ = decode_records(body)
        dense = features.toarray() if sparse.issparse(features) else features
        return np.asarray(dense, dtype=np.float64)
    written = (
        body.decode(parameters.get("encoding", "utf-8")) if media_type == CSV else body.decode()
    )
    if media_type == CSV:
        return _csv_rows(written, parameters.get("label_size", "0"))
    if media_type == JSON_LINES:
        lines = [line for line in written.splitlines() if line.strip()]
        return _stack([_json(line) for line in lines])
    document = _json(written)
    if not isinstance(document, dict) or not isinstance(document.get("instances"), list):
        raise InstanceError('it must be {"instances": [...]}')
    return _stack(document["instances"])


def _csv_rows(written: str, label_size: str) -> np.ndarray:
    if label_size not in ("0", "1"):
        raise InstanceError(f"got label_size={label_size}, must be 0 or 1")
    try:
        rows = parse_numeric_csv(written)
    except NumericCsvError as error:
        raise InstanceError(str(error).rstrip(".")) from error
    return rows[:, int(label_size) :]


def _json(written: str) -> Any:
    try:
        return json.loads(written)
    except json.JSONDecodeError as error:
        raise InstanceError(f"no JSON: {error}") from error


def _stack(instances: list[Any]) -> np.ndarray:
    rows = [_features(number, instance) for number, instance in enumerate(instances, start=1)]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise InstanceError(
                f"instance {number}: got {len(row)} features, "
                f"must be {len(rows[0])} as in the first"
            )
    return np.array(rows) if rows else np.empty((0, 0))


def _features(number: int, instance: Any) -> np.ndarray:
    """Of `{"features": F}` or `{"data": {"features": F}}`, where F is a list of numbers, or
    `{"values": [...]}` with `keys` and `shape` where it is sparse.
    """
    holder = instance.get("data", instance) if isinstance(instance, dict) else None
    features = holder.get("features") if isinstance(holder, dict) else None
    if isinstance(features, list):
        return _numbers(number, features)
    if not isinstance(features, dict) or not isinstance(features.get("values"), list):
        raise InstanceError(
            f'instance {number}: it must be {{"features": [...]}} or '
            '{"data": {"features": {"values": [...]}}}'
        )
    values = _numbers(number, features["values"])
    keys = features.get("keys")
    if not keys:
        return values
    return _spread(number, values, keys, features.get("shape"))


def _numbers(number: int, values: list[Any]) -> np.ndarray:
    for position, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InstanceError(
                f"instance {number}, feature {position}: got {json.dumps(value)}, must be a number"
            )
    return np.array(values, dtype=np.float64)


def _spread(number: int, values: np.ndarray, keys: Any, shape: Any) -> np.ndarray:
    width = shape[-1] if isinstance(shape, list) and shape else None
    if not isinstance(width, int) or not 0 < width <= _WIDEST:
        raise InstanceError(f"instance {number}: keys without the shape that they are places in")
    valid = isinstance(keys, list) and all(
        isinstance(key, int) and 0 <= key < width for key in keys
    )
    if not valid or len(keys) != len(values):
        raise InstanceError(
            f"instance {number}: keys must be as many integers from 0 to {width - 1} as values"
        )
    row = np.zeros(width)
    row[keys] = values
    return row


#: A wider row cannot be a model's, and would take more memory than a request should.
_WIDEST = 10_000_000
