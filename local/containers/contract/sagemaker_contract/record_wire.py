"""The wire format below recordio-protobuf: frames of records, fields of protobuf messages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

MAGIC = 0xCED7230A


def frames(content: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(content):
        if len(content) - position < 8:
            raise ValueError("truncated recordio header")
        magic, length = struct.unpack_from("<II", content, position)
        if magic != MAGIC:
            raise ValueError("not recordio: magic number missing")
        if length >> 29:
            raise ValueError("recordio records in several parts are not supported")
        start = position + 8
        if start + length > len(content):
            raise ValueError("truncated recordio record")
        yield content[start : start + length]
        position = start + (length + 3) // 4 * 4


def fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field: an int for a varint, bytes for everything else."""
    position = 0
    while position < len(message):
        tag, position = varint(message, position)
        wire_type = tag & 7
        if wire_type == 0:
            value, position = varint(message, position)
        else:
            if wire_type == 2:
                length, position = varint(message, position)
            elif wire_type in (1, 5):
                length = 8 if wire_type == 1 else 4
            else:
                raise ValueError(f"unknown protobuf wire type {wire_type}")
            if position + length > len(message):
                raise ValueError("truncated protobuf message")
            value, position = message[position : position + length], position + length
        yield tag >> 3, value


def varint(message: bytes, position: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        if position >= len(message) or shift > 63:
            raise ValueError("truncated protobuf message")
        byte = message[position]
        number |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if not byte & 0x80:
            return number, position
