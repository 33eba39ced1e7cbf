"""Pairs of token sequences with their labels, as training reads them from JSON Lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from sagemaker_contract.errors import UserError

from .network_shape import REGRESSION, NetworkShape
from .sequences import Sequences, first_bad_token


@dataclass(frozen=True)
class Pairs:
    sides: tuple[Sequences, Sequences]
    #: float32 numbers, or int32 classes
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)


@dataclass
class _Columns:
    """The lines of all files, field by field, and where each line came from."""

    labels: list[Any]
    sides: tuple[list[Any], list[Any]]
    #: Name of each file and how many pairs precede it.
    starts: list[tuple[str, int]]
    #: Line number of each pair in its file.
    lines: list[int]

    def where(self, row: int) -> str:
        name = next(name for name, start in reversed(self.starts) if start <= row)
        return f"{name}, line {self.lines[row]}"


def read_pairs(files: list[tuple[str, Path]], network: NetworkShape) -> Pairs:
    """`files`: the name that messages show, and where the file is

    Raises UserError for the first line that is not a pair the network can learn from.
    """
    columns = _read(files)
    if not columns.labels:
        raise UserError(f"No pairs in {', '.join(name for name, _ in files) or 'the channel'}")
    labels = _labels(columns, network)
    sides = tuple(_side(columns, number, network) for number in (0, 1))
    return Pairs((sides[0], sides[1]), labels)


def _read(files: list[tuple[str, Path]]) -> _Columns:
    columns = _Columns([], ([], []), [], [])
    for name, path in files:
        columns.starts.append((name, len(columns.labels)))
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    pair = orjson.loads(line)
                    label, in0, in1 = pair["label"], pair["in0"], pair["in1"]
                except (orjson.JSONDecodeError, KeyError, TypeError, IndexError) as error:
                    raise UserError(f"{name}, line {number}: {_reason(error)}") from error
                columns.labels.append(label)
                columns.sides[0].append(in0)
                columns.sides[1].append(in1)
                columns.lines.append(number)
    return columns


def _reason(error: Exception) -> str:
    form = 'a line is {"label": number, "in0": [token ids], "in1": [token ids]}'
    if isinstance(error, orjson.JSONDecodeError):
        return f"not JSON ({error}); {form}"
    if isinstance(error, KeyError):
        return f"'{error.args[0]}' is missing; {form}"
    return f"not a JSON object; {form}"


def _labels(columns: _Columns, network: NetworkShape) -> np.ndarray:
    regression = network.output_layer == REGRESSION
    if not set(map(type, columns.labels)) <= {int, float}:
        row = next(i for i, x in enumerate(columns.labels) if type(x) not in (int, float))
        raise UserError(_bad_label(columns, row, network))
    labels = np.array(columns.labels, np.float64)
    if regression:
        bad = ~np.isfinite(labels) | (np.abs(labels) > np.finfo(np.float32).max)
    else:
        bad = (labels != np.floor(labels)) | (labels < 0) | (labels >= network.num_classes)
    if bad.any():
        raise UserError(_bad_label(columns, int(bad.argmax()), network))
    return labels.astype(np.float32 if regression else np.int32)


def _bad_label(columns: _Columns, row: int, network: NetworkShape) -> str:
    label = orjson.dumps(columns.labels[row]).decode()[:50]
    if network.output_layer == REGRESSION:
        rule = "must be a number (output_layer is mean_squared_error)"
    else:
        classes = network.num_classes
        rule = f"must be a class, an integer from 0 to {classes - 1} (num_classes is {classes})"
    return f"{columns.where(row)}: label is {label}: it {rule}"


def _side(columns: _Columns, number: int, network: NetworkShape) -> Sequences:
    column, vocab_size = columns.sides[number], network.vocab_sizes[number]
    plain = set(map(type, column)) == {list} and all(column)
    if plain and set(map(type, chain.from_iterable(column))) == {int}:
        try:
            sequences = Sequences.of(column)
        except OverflowError:
            sequences = None
        if sequences is not None and sequences.within(vocab_size):
            return sequences.cut(network.max_seq_lens[number])
    for row, tokens in enumerate(column):
        reason = first_bad_token(tokens, vocab_size, f"enc{number}_vocab_size")
        if reason is not None:
            raise UserError(f"{columns.where(row)}: in{number} {reason}")
    raise AssertionError("a side was refused and no line of it is at fault")
