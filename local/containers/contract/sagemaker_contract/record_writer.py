"""Encodes SageMaker's recordio-protobuf, whose reader is `recordio`."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

import numpy as np

from .record_wire import MAGIC

_FEATURES, _LABEL = 0x0A, 0x12  # Tags of the maps in a Record.
_KEY, _VALUE = 0x0A, 0x12  # Tags in an entry of a map.
_FLOAT32_TENSOR = 0x12
_TENSOR_VALUES = 0x0A


def encode_record(
    features: Mapping[str, np.ndarray] | None = None, label: Mapping[str, np.ndarray] | None = None
) -> bytes:
    """One framed record of dense float32 tensors, each of shape (values,), by name."""
    parts = [
        _field(tag, _field(_KEY, name.encode()) + _field(_VALUE, _tensor(values)))
        for tag, tensors in ((_FEATURES, features), (_LABEL, label))
        for name, values in (tensors or {}).items()
    ]
    payload = b"".join(parts)
    padding = b"\0" * (-len(payload) % 4)
    return struct.pack("<II", MAGIC, len(payload)) + payload + padding


def encode_rows(features: np.ndarray, labels: Iterable[float] | None = None) -> bytes:
    """Training or request rows: (rows, features), and a label a row where there are any."""
    if labels is None:
        return b"".join(encode_record({"values": row}) for row in features)
    return b"".join(
        encode_record({"values": row}, {"values": np.array([label])})
        for row, label in zip(features, labels, strict=True)
    )


def _tensor(values: np.ndarray) -> bytes:
    numbers = np.ascontiguousarray(values, dtype="<f4").tobytes()
    return _field(_FLOAT32_TENSOR, _field(_TENSOR_VALUES, numbers))


def _field(tag: int, content: bytes) -> bytes:
    return bytes([tag]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])
