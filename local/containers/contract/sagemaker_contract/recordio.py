"""Decodes SageMaker's recordio-protobuf: framed protobuf messages, one a row, with dense or sparse
features.

A message (aialgs.data.Record) maps names to tensors, `values` in its features and in its label.
Only what training and serving need is read: the wire format is decoded here, because it is less
than a protobuf dependency.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from .record_wire import fields, frames, varint
from .uniform_records import decode_uniform_records

_FEATURES, _LABEL = 1, 2  # maps in a Record
_KEY, _VALUE = 1, 2  # in an entry of a map
_TENSOR_TYPES = {2: np.dtype("<f4"), 3: np.dtype("<f8"), 7: np.dtype("<i4")}
_TENSOR_VALUES, _TENSOR_KEYS, _TENSOR_SHAPE = 1, 2, 3


def decode_records(content: bytes) -> tuple[Any, np.ndarray | None]:
    """Features as a dense array or, where records are sparse, a CSR matrix; labels, or None
    without.

    Raises ValueError where the content is no recordio-protobuf.
    """
    uniform = decode_uniform_records(content)
    if uniform is not None:
        return uniform
    rows: list[tuple[np.ndarray, np.ndarray | None, int | None]] = []
    labels: list[float] = []
    for payload in frames(content):
        features: dict[str, Any] = {}
        for field, value in fields(payload):
            if field in (_FEATURES, _LABEL):
                name, tensor = _map_entry(value)
                if name == "values" and field == _FEATURES:
                    features[name] = tensor
                elif name == "values":
                    if not len(tensor[0]):
                        raise ValueError("a record's label has no value")
                    labels.append(float(tensor[0][0]))
        if "values" not in features:
            raise ValueError("a record has no feature tensor 'values'")
        rows.append(features["values"])
    if not rows:
        raise ValueError("no record found")
    return _matrix(rows), np.array(labels) if len(labels) == len(rows) else None


def _matrix(rows: list[tuple[np.ndarray, np.ndarray | None, int | None]]) -> Any:
    if all(keys is None and (len(values) or width is None) for values, keys, width in rows):
        return np.vstack([values for values, _, _ in rows])
    # Among sparse rows, one of zeros has no keys; a dense one means all of its columns.
    rows = [
        (values, np.arange(len(values)) if keys is None else keys, width)
        for values, keys, width in rows
    ]
    if any(len(values) != len(keys) for values, keys, _ in rows):
        raise ValueError("a sparse record has other numbers of keys than of values")
    offsets = np.cumsum([0, *(len(values) for values, _, _ in rows)])
    values = np.concatenate([values for values, _, _ in rows])
    columns = np.concatenate([keys for _, keys, _ in rows])
    widest = max(width if width is not None else 0 for _, _, width in rows)
    return sparse.csr_matrix(
        (values, columns, offsets), shape=(len(rows), max(widest, int(columns.max(initial=-1)) + 1))
    )


def _map_entry(entry: bytes) -> tuple[str, Any]:
    name, tensor = "", None
    for field, value in fields(entry):
        if field == _KEY:
            name = value.decode("utf-8")
        elif field == _VALUE:
            tensor = _tensor(value)
    if tensor is None:
        raise ValueError(f"'{name}' holds no number tensor")
    return name, tensor


def _tensor(message: bytes) -> tuple[np.ndarray, np.ndarray | None, int | None] | None:
    for kind, content in fields(message):
        if kind not in _TENSOR_TYPES:
            continue
        values: list[np.ndarray] = []
        keys: list[int] = []
        shape: list[int] = []
        for field, value in fields(content):
            if field == _TENSOR_VALUES:
                values.append(_numbers(value, _TENSOR_TYPES[kind]))
            elif field in (_TENSOR_KEYS, _TENSOR_SHAPE):
                (keys if field == _TENSOR_KEYS else shape).extend(_varints(value))
        joined = np.concatenate(values) if values else np.array([], _TENSOR_TYPES[kind])
        return joined, np.array(keys, int) if keys else None, shape[-1] if shape else None
    return None


def _numbers(value: bytes | int, kind: np.dtype) -> np.ndarray:
    if kind.kind == "f":
        return np.frombuffer(value, kind)
    return np.array(
        [number - (1 << 64) if number >> 63 else number for number in _varints(value)], kind
    )


def _varints(value: bytes | int) -> list[int]:
    if isinstance(value, int):
        return [value]
    numbers, position = [], 0
    while position < len(value):
        number, position = varint(value, position)
        numbers.append(number)
    return numbers
