"""From lines of the file to rows, and whether each fits."""

from __future__ import annotations

from csv_etl.bad_rows import name_problems
from csv_etl.lines import parse_lines
from csv_etl.split import split_sql
from pyspark.sql import DataFrame

from churn.schema import INPUT_COLUMNS, NUMERIC_COLUMNS, InputColumn

# What a cast to double would take besides plain numbers: 1e3, 1f, 0x1p3, NaN, Infinity.
DIGITS_PATTERN = "^[0-9.]+$"
LARGEST_NUMBER = 1_000_000_000


def parse_rows(lines: DataFrame, seed: int) -> DataFrame:
    """
    Numbered lines but the header and blank ones, as `block`, `position`, `line`, `row` (a struct of
    the fields as text), and `split`, which is null where the row does not fit.

    Nothing is filtered by that here: Spark would parse each line once more for the filter.
    """
    parsed = parse_lines(lines, [column.field for column in INPUT_COLUMNS])
    return parsed.selectExpr(
        "*", f"CASE WHEN {_fits_sql()} THEN {split_sql(['line'], seed)} END AS split"
    )


def find_problems(rows: DataFrame) -> DataFrame:
    """The rows that do not fit, for csv_etl.bad_rows."""
    checked = [(i, column) for i, column in enumerate(INPUT_COLUMNS) if column.kind != "dropped"]
    return name_problems(
        rows.where("split IS NULL"),
        {i: f"row.{column.field}" for i, column in checked},
        {i: _column_fits_sql(column) for i, column in checked},
        "row.malformed",
    )


def _fits_sql() -> str:
    # One pattern over all numbers at once: eleven matches a row were a third of the job's time.
    fields = ", ".join(f"row.{column.field}" for column in NUMERIC_COLUMNS)
    conditions = [
        "row.malformed IS NULL",
        f"concat_ws('', {fields}) RLIKE '{DIGITS_PATTERN}'",
        *(_in_range_sql(column) for column in INPUT_COLUMNS if column.kind != "dropped"),
    ]
    return " AND ".join(conditions)


def _column_fits_sql(column: InputColumn) -> str:
    if column.values:
        return _in_range_sql(column)
    return f"row.{column.field} RLIKE '{DIGITS_PATTERN}' AND {_in_range_sql(column)}"


def _in_range_sql(column: InputColumn) -> str:
    if column.values:
        return f"row.{column.field} IN ({', '.join(map(repr, column.values))})"
    number = f"double(row.{column.field})"
    in_range = f"{number} BETWEEN 0 AND {LARGEST_NUMBER}"
    return f"{in_range} AND {number} % 1 = 0" if column.kind == "count" else in_range
