"""CSV that holds nothing but numbers: no header, no missing cells."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import orjson

_PLAIN = str.maketrans("", "", "0123456789+-.eE,\r\n")
#: Characters up to which numbers may go through Python's own, which take several times the memory.
_SMALL = 8_000_000


class NumericCsvError(ValueError):
    """Says which row and column is at fault."""


def parse_numeric_csv(text: str) -> np.ndarray:
    """(rows, columns) as float64; blank lines are passed over, no line gives shape (0, 0).

    Raises NumericCsvError, with rows and columns counted from 1.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return np.empty((0, 0))
    plain = None
    if len(text) <= _SMALL and not text.translate(_PLAIN):
        plain = _parse_plain(lines)
    if plain is not None:
        return plain
    try:
        rows = np.loadtxt(lines, delimiter=",", comments=None, quotechar='"', ndmin=2)
    except ValueError as error:
        raise _located(text) or NumericCsvError(str(error)) from error
    if not np.isfinite(rows).all():
        raise _located(text) or NumericCsvError("a number is infinite or missing")
    return rows


def _parse_plain(lines: list[str]) -> np.ndarray | None:
    """Numbers between commas, as nearly all data are: read by a JSON parser, several times faster.
    None for everything else.
    """
    try:
        rows = np.array(orjson.loads(f"[[{'],['.join(lines)}]]"), dtype=np.float64)
    except ValueError:  # Blank cells, rows of unequal length, numbers that JSON writes otherwise.
        return None
    return rows if rows.ndim == 2 and rows.size and np.isfinite(rows).all() else None


def _located(text: str) -> NumericCsvError | None:
    """The first mistake, looked for only once there is known to be one."""
    width = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = next(csv.reader(io.StringIO(line)))
        for column, cell in enumerate(cells, start=1):
            if not _is_finite_number(cell):
                hint = " Take the header row away." if number == 1 and cell.strip() else ""
                return NumericCsvError(
                    f"row {number}, column {column}: got {cell!r}, must be a finite number.{hint}"
                )
        if width is not None and len(cells) != width:
            return NumericCsvError(
                f"row {number}: got {len(cells)} columns, must be {width} as in the rows before"
            )
        width = len(cells)
    return None


def _is_finite_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
