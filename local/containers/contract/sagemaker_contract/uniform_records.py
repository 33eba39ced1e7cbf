"""Dense recordio-protobuf whose records differ in their numbers only, as SDKs write it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .record_wire import frames, varint

_FEATURES, _LABEL = 1, 2  # maps in a Record
_KEY, _VALUE = 1, 2  # in an entry of a map
_FLOAT32, _TENSOR_VALUES = 2, 1


def decode_uniform_records(content: bytes) -> tuple[np.ndarray, np.ndarray | None] | None:
    """What `decode_records` gives, in float32: all rows at once, a hundred times faster than one by
    one. None for everything else.
    """
    first = next(frames(content), None)
    if first is None:
        return None
    stride = 8 + (len(first) + 3) // 4 * 4
    places = _float_places(first)
    if len(content) % stride or places is None:
        return None
    table = np.frombuffer(content, np.uint8).reshape(-1, stride)
    same = np.ones(stride, bool)
    for start, length in places.values():
        same[8 + start : 8 + start + length] = False
    if not (table[:, same] == table[0, same]).all():
        return None
    blocks = {
        field: np.ascontiguousarray(table[:, 8 + start : 8 + start + length]).view("<f4")
        for field, (start, length) in places.items()
    }
    labels = blocks.get(_LABEL)
    return blocks[_FEATURES], None if labels is None else labels[:, 0].astype(float)


def _float_places(record: bytes) -> dict[int, tuple[int, int]] | None:
    """Where the numbers of the one feature tensor, and of the label if there is one, lie in a
    record: offset and length in bytes. None where it holds anything else.
    """
    places: dict[int, tuple[int, int]] = {}
    for field, start, end in _parts(record, 0, len(record)):
        if field not in (_FEATURES, _LABEL) or field in places:
            return None
        for number, name_or_value in ((_KEY, b"values"), (_VALUE, None)):
            found = [part for part in _parts(record, start, end) if part[0] == number]
            if len(found) != 1:
                return None
            if name_or_value is not None and record[found[0][1] : found[0][2]] != name_or_value:
                return None
        # value -> tensor of float32 -> its packed numbers, each the only field of its message
        for only in (_FLOAT32, _TENSOR_VALUES):
            inner = list(_parts(record, *found[0][1:]))
            if len(inner) != 1 or inner[0][0] != only:
                return None
            found = inner
        length = found[0][2] - found[0][1]
        if length == 0 or length % 4:
            return None
        places[field] = (found[0][1], length)
    return places if _FEATURES in places else None


def _parts(message: bytes, position: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each field between two positions; field 0 for other wire types."""
    while position < end:
        tag, position = varint(message, position)
        if tag & 7 != 2:
            yield 0, position, end
            return
        length, position = varint(message, position)
        if position + length > end:
            raise ValueError("truncated protobuf message")
        yield tag >> 3, position, position + length
        position += length
