"""What is wrong with a row, for the person who made the file."""

from __future__ import annotations

from csv_etl.errors import BadRow, wrong_width

from churn.schema import INPUT_COLUMNS, InputColumn


def bad_row(row: int, problem: int, line: str, value: str | None) -> BadRow:
    """
    `problem` is the position of the column that does not fit, or -1 for a wrong number of columns.
    """
    if problem < 0:
        return wrong_width(row, line, len(INPUT_COLUMNS))
    column = INPUT_COLUMNS[problem]
    return BadRow(row, column.header, value or "", _remedy(column, value))


def _remedy(column: InputColumn, value: str | None) -> str:
    if column.header == "State":
        return "write the two-letter postal code of a US state or DC"
    if column.values:
        return f"write {' or '.join(column.values)}"
    kind = "a whole number from 0" if column.kind == "count" else "a number from 0, such as 265.1"
    return f"write {kind}" if value else f"it is empty: write {kind}"
