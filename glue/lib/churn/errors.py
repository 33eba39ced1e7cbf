"""What is wrong with an input file, for the person who made it."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from churn.schema import INPUT_COLUMNS, InputColumn

SHOWN_ROWS = 5


class InputError(Exception):
    """The input file does not fit; the message says where and what to do."""


@dataclass(frozen=True)
class BadRow:
    """A row that does not fit."""

    row: int
    """Line in the file; the header is line 1."""
    column: str
    """Header of the first column that does not fit; empty when the row has too few or too many."""
    value: str
    """What stands there; the whole line when the row has too few or too many columns."""
    remedy: str


def bad_row(row: int, problem: int, line: str, value: str | None) -> BadRow:
    """
    `problem` is the position of the column that does not fit, or -1 for a wrong number of columns.
    """
    if problem >= 0:
        column = INPUT_COLUMNS[problem]
        return BadRow(row, column.header, value or "", _remedy(column, value))
    count = len(next(csv.reader([line]), []))
    expected = len(INPUT_COLUMNS)
    remedy = f"write {expected} columns separated by commas, here are {count}"
    if count == expected:  # the readers differ only where a quote is never closed
        remedy = "close the quotes that this row opens"
    return BadRow(row, "", line, remedy)


def rows_error(source: str, rows: list[BadRow], total: int, max_dropped_rows: int) -> InputError:
    """All of it in one message: the first few rows, how many more, and the way out."""
    shown = "; ".join(_described(row) for row in rows[:SHOWN_ROWS])
    more = f"; and {total - SHOWN_ROWS} more" if total > SHOWN_ROWS else ""
    noun = "row does" if total == 1 else "rows do"
    allowed = (
        f"more than the {max_dropped_rows} that MAX_DROPPED_ROWS allows"
        if max_dropped_rows
        else "none is dropped"
    )
    return InputError(
        f"{source}: {total} {noun} not fit ({allowed}): {shown}{more}. "
        "Correct them, or set MAX_DROPPED_ROWS (etl.arguments in the stack's config) to how many "
        "may be dropped."
    )


def _described(row: BadRow) -> str:
    where = f"row {row.row}, column {row.column!r}" if row.column else f"row {row.row}"
    value = row.value if len(row.value) <= 60 else row.value[:57] + "..."
    return f"{where}: {value!r}, {row.remedy}"


def _remedy(column: InputColumn, value: str | None) -> str:
    if column.header == "State":
        return "write the two-letter postal code of a US state or DC"
    if column.values:
        return f"write {' or '.join(column.values)}"
    kind = "a whole number from 0" if column.kind == "count" else "a number from 0, such as 265.1"
    return f"write {kind}" if value else f"it is empty: write {kind}"
