"""What is wrong with an input file, for the person who made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from csv_etl.fields import fields_of

SHOWN_ROWS = 5
SHOWN_CHARACTERS = 60
SHOWN_NAMES = 25

# Of a value in the report, which is read as a whole.
KEPT_CHARACTERS = 1000


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


def wrong_width(row: int, line: str, expected: int) -> BadRow:
    """A row of another number of columns than the header's."""
    count = len(fields_of(line))
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


def shortened(text: str, length: int = SHOWN_CHARACTERS) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."


def listed(names: Iterable[str], separator: str = ", ") -> str:
    """Names in quotes, as many as a message has room for: a file may have any number of them."""
    every = [repr(shortened(name)) for name in names]
    more = [f"and {len(every) - SHOWN_NAMES} more"] if len(every) > SHOWN_NAMES else []
    return separator.join([*every[:SHOWN_NAMES], *more])


def _described(row: BadRow) -> str:
    where = f"row {row.row}, column {row.column!r}" if row.column else f"row {row.row}"
    return f"{where}: {shortened(row.value)!r}, {row.remedy}"
