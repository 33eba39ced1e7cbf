"""CSV that holds nothing but numbers: no header, no missing cells."""

from __future__ import annotations

import csv
import io
import math

import numpy as np


class NumericCsvError(ValueError):
    """Says which row and column is at fault."""


def parse_numeric_csv(text: str) -> np.ndarray:
    """(rows, columns) as float64; blank lines are passed over, no line gives shape (0, 0).

    Raises NumericCsvError, with rows and columns counted from 1.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return np.empty((0, 0))
    try:
        rows = np.loadtxt(lines, delimiter=",", comments=None, quotechar='"', ndmin=2)
    except ValueError as error:
        raise _located(text) or NumericCsvError(str(error)) from error
    if not np.isfinite(rows).all():
        raise _located(text) or NumericCsvError("a number is infinite or missing")
    return rows


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
