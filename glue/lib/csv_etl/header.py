"""The first line of the input, looked at before Spark sees the file."""

from __future__ import annotations

from csv_etl.errors import InputError, listed
from csv_etl.fields import fields_of


def header_names(line: str | None) -> list[str] | None:
    """
    The names in a header line; None where there is none, or a blank one.

    A byte order mark, spaces around names and quotes are no part of them: spreadsheets write them.
    """
    if line is None or line.strip("\ufeff \t\r\n") == "":
        return None
    return [name.strip() for name in fields_of(line.removeprefix("\ufeff"))]


def distinct_names(line: str | None, source: str) -> list[str]:
    """The names in the header of a file whose columns are found by name. Raises InputError."""
    names = header_names(line)
    if names is None:
        raise InputError(f"{source} is empty: it needs a line of column names, and rows below it.")
    if "" in names:
        raise InputError(
            f"{source}: column {names.index('') + 1} has no name in the header (row 1). Name it."
        )
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(
            f"{source}: the header (row 1) names {listed(repeated)} more than once. "
            "Give each column a name of its own."
        )
    return names
