"""From lines of the file to typed rows, each with its split, or with the column that does not fit."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from churn.schema import CATEGORY_COLUMNS, INPUT_COLUMNS, LABEL_VALUES, NUMERIC_COLUMNS, InputColumn
from churn.split import split_sql

# Text first, types after the check: a reader that casts turns what it cannot read into null and forgets the value.
LINE_SCHEMA = ", ".join(
    [*(f"{column.field} string" for column in INPUT_COLUMNS), "malformed string"]
)
LINE_OPTIONS = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "malformed",
    "escape": '"',
    "ignoreLeadingWhiteSpace": "true",
    "ignoreTrailingWhiteSpace": "true",
}

# Java's own parser also takes 1f, 0x1p3, NaN and Infinity. The lengths keep every value exact.
NUMBER_PATTERNS = {"count": "^[0-9]{1,9}([.]0+)?$", "minutes": "^[0-9]{1,12}([.][0-9]{0,12})?$"}

# Position of a line among those of its partition: the lower 33 bits, see monotonically_increasing_id.
POSITION_SQL = "monotonically_increasing_id() & 8589934591"


def number_lines(text: DataFrame) -> DataFrame:
    """
    Lines of a text file (column `value`) as `block`, `position`, `line`: the byte that the block of the file starts at
    and the line's place in the block, from 0. Together they order all lines without a second pass over the file.
    """
    return text.selectExpr(
        "_metadata.file_block_start AS block", f"{POSITION_SQL} AS position", "value AS line"
    )


def parse_rows(lines: DataFrame, seed: int) -> DataFrame:
    """
    Numbered lines without header and blank lines, as `block`, `position`, `line`, `problem` (position of the first column
    that does not fit, -1 for a wrong number of columns, null for a good row), `value` (what stands there), `split`, `label`
    and one typed column for each field that features are made of.
    """
    parsed = lines.where("NOT (block = 0 AND position = 0) AND trim(line) != ''").select(
        "block", "position", "line", F.from_csv("line", LINE_SCHEMA, LINE_OPTIONS).alias("row")
    )
    checked = parsed.selectExpr("*", f"{_problem_sql()} AS problem")
    return checked.selectExpr(
        "block",
        "position",
        "line",
        "problem",
        f"{_value_sql()} AS value",
        f"{split_sql('line', seed)} AS split",
        f"int(row.churn = '{_true_label()}') AS label",
        *(f"{_typed_sql(column)} AS {column.field}" for column in NUMERIC_COLUMNS),
        *(f"row.{column.field} AS {column.field}" for column in CATEGORY_COLUMNS),
    )


def _problem_sql() -> str:
    cases = [
        f"WHEN NOT coalesce({_fits_sql(column)}, false) THEN {i}"
        for i, column in enumerate(INPUT_COLUMNS)
        if column.kind != "dropped"
    ]
    return f"CASE WHEN row.malformed IS NOT NULL THEN -1 {' '.join(cases)} END"


def _fits_sql(column: InputColumn) -> str:
    if column.values:
        return f"row.{column.field} IN ({', '.join(repr(value) for value in column.values)})"
    return f"row.{column.field} RLIKE '{NUMBER_PATTERNS[column.kind]}'"


def _value_sql() -> str:
    cases = [
        f"WHEN {i} THEN row.{column.field}"
        for i, column in enumerate(INPUT_COLUMNS)
        if column.kind != "dropped"
    ]
    return f"CASE problem {' '.join(cases)} END"


def _typed_sql(column: InputColumn) -> str:
    number = f"double(row.{column.field})"
    return f"int({number})" if column.kind == "count" else number


def _true_label() -> str:
    return next(text for text, number in LABEL_VALUES.items() if number == 1)
