"""From lines of a table to rows, and whether each fits."""

from __future__ import annotations

from csv_etl.bad_rows import name_problems
from csv_etl.errors import BadRow, wrong_width
from csv_etl.lines import parse_lines
from csv_etl.numbers import is_number_sql
from csv_etl.split import split_sql
from pyspark.sql import DataFrame

from tabular.kinds import Kinds
from tabular.layout import Layout


def parse_rows(lines: DataFrame, layout: Layout, seed: int) -> DataFrame:
    """
    Numbered lines but the header and blank ones: `block`, `position`, `line`, `split`, the fields
    that are used as text, and `malformed`, which is null where their number is right.
    """
    return parse_lines(lines, layout.fields).selectExpr(
        "block",
        "position",
        "line",
        "row.malformed",
        f"{split_sql(['line'], seed)} AS split",
        *(f"row.f{i}" for i in layout.used),
    )


def fits_sql(layout: Layout, kinds: Kinds, may_lack: bool) -> str:
    """SQL: whether a row can be used. `may_lack`: a feature's value may be missing."""
    conditions = _conditions(layout, kinds, may_lack).values()
    return f"coalesce({' AND '.join(['malformed IS NULL', *conditions])}, false)"


def find_problems(rows: DataFrame, layout: Layout, kinds: Kinds, may_lack: bool) -> DataFrame:
    """The rows that do not fit, for csv_etl.bad_rows."""
    conditions = _conditions(layout, kinds, may_lack)
    fields = {position: f"f{position}" for position in conditions}
    bad = rows.where(f"NOT {fits_sql(layout, kinds, may_lack)}")
    return name_problems(bad, fields, conditions, "malformed")


def describe_bad_row(layout: Layout, kinds: Kinds):
    """The function that csv_etl.bad_rows describes rows with."""

    def describe(row: int, problem: int, line: str, value: str | None) -> BadRow:
        if problem < 0:
            return wrong_width(row, line, len(layout.header))
        name = layout.header[problem]
        what = "a number" if kinds.is_number(problem) else "a text"
        if value:
            remedy = f"write {what}, as most rows have there, or name the column in TEXT_COLUMNS"
        elif problem == layout.label:
            remedy = f"it is empty: write {what}, as it is the label"
        else:
            remedy = f"it is empty: write {what}, or set MISSING to mean or zero"
        return BadRow(row, name, value or "", remedy)

    return describe


def _conditions(layout: Layout, kinds: Kinds, may_lack: bool) -> dict[int, str]:
    """What must hold for each column that is used, in the order of the file."""
    conditions = {}
    for i in layout.used:
        condition = is_number_sql(f"f{i}") if kinds.is_number(i) else f"f{i} != ''"
        if may_lack and i != layout.label:
            condition = f"(coalesce(f{i}, '') = '' OR {condition})"
        conditions[i] = condition
    return conditions
