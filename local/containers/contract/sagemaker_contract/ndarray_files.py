"""Files of MXNet's `nd.save` and `nd.load`, in which AWS's K-Means and PCA keep their models.

All numbers are little-endian. A list: magic number and reserved word of 64 bits, the arrays with
their count before them, then the names likewise (none, or one an array). Source: NDArray::Save in
MXNet's src/ndarray/ndarray.cc, its version 2.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np

_LIST_MAGIC = 0x112
_ARRAY_MAGIC = 0xF993FAC9
_DENSE = 0
_CPU = 1
_FLOAT32 = 0
_TYPES = {0: "<f4", 1: "<f8", 4: "<i4", 6: "<i8"}


def write_ndarrays(arrays: Mapping[str, np.ndarray] | Sequence[np.ndarray]) -> bytes:
    """The content of a file; a sequence of arrays has no names. Numbers are written as float32."""
    names = list(arrays) if isinstance(arrays, Mapping) else []
    values = list(arrays.values()) if isinstance(arrays, Mapping) else list(arrays)
    parts = [struct.pack("<QQQ", _LIST_MAGIC, 0, len(values))]
    for value in values:
        parts.append(struct.pack("<IiI", _ARRAY_MAGIC, _DENSE, value.ndim))
        parts.append(struct.pack(f"<{value.ndim}q", *value.shape))
        parts.append(struct.pack("<iii", _CPU, 0, _FLOAT32))
        parts.append(np.ascontiguousarray(value, dtype="<f4").tobytes())
    parts.append(struct.pack("<Q", len(names)))
    for name in names:
        encoded = name.encode("utf-8")
        parts.append(struct.pack("<Q", len(encoded)) + encoded)
    return b"".join(parts)


def read_ndarrays(content: bytes) -> dict[str, np.ndarray] | list[np.ndarray]:
    """Arrays by name, or a list where they have none. Raises ValueError."""
    reader = _Reader(content)
    magic, _, count = reader.unpack("<QQQ")
    if magic != _LIST_MAGIC:
        raise ValueError("not a file of MXNet arrays: magic number missing")
    values = [_read_array(reader) for _ in range(count)]
    (named,) = reader.unpack("<Q")
    names = [reader.take(reader.unpack("<Q")[0]).decode("utf-8") for _ in range(named)]
    if not names:
        return values
    if len(names) != len(values):
        raise ValueError(f"a file of MXNet arrays has {len(values)} arrays, but {len(names)} names")
    return dict(zip(names, values, strict=True))


def _read_array(reader: _Reader) -> np.ndarray:
    magic, storage, dimensions = reader.unpack("<IiI")
    if magic != _ARRAY_MAGIC or storage != _DENSE:
        raise ValueError("an MXNet array of another version or a sparse one: not supported")
    shape = reader.unpack(f"<{dimensions}q")
    _, _, kind = reader.unpack("<iii")
    if kind not in _TYPES:
        raise ValueError(f"an MXNet array of type {kind}: not supported")
    dtype = np.dtype(_TYPES[kind])
    cells = 1
    for length in shape:
        cells *= length
    return np.frombuffer(reader.take(cells * dtype.itemsize), dtype).reshape(shape)


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    def take(self, size: int) -> bytes:
        end = self._position + size
        if end > len(self._content):
            raise ValueError("a file of MXNet arrays is cut short")
        part, self._position = self._content[self._position : end], end
        return part

    def unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self.take(struct.calcsize(form)))
