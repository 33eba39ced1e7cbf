"""From lines of the file to fields of text."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

LINE_OPTIONS = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "malformed",
    "escape": '"',
    "ignoreLeadingWhiteSpace": "true",
    "ignoreTrailingWhiteSpace": "true",
}

# Position of a line among those of its partition: the lower 33 bits, see
# monotonically_increasing_id.
POSITION_SQL = "monotonically_increasing_id() & 8589934591"


def number_lines(text: DataFrame) -> DataFrame:
    """
    Lines of a text file (column `value`) as `block`, `position`, `line`: the byte that the block of
    the file starts at and the line's place in the block, from 0. Together they order all lines,
    without a pass over the file to count them.
    """
    return text.selectExpr(
        "_metadata.file_block_start AS block", f"{POSITION_SQL} AS position", "value AS line"
    )


def parse_lines(lines: DataFrame, fields: list[str]) -> DataFrame:
    """
    Numbered lines but the header and blank ones, with `row`: a struct of the fields as text, and
    `malformed`, which is null where their number is right.

    Text first, types after the check: a reader that casts turns what it cannot read into null, and
    what stood there is lost. `fields` are names that need no quoting in SQL.
    """
    schema = ", ".join([*(f"{field} string" for field in fields), "malformed string"])
    return lines.where("NOT (block = 0 AND position = 0) AND trim(line) != ''").select(
        "block", "position", "line", F.from_csv("line", schema, LINE_OPTIONS).alias("row")
    )


def sql_text(value: str) -> str:
    """A text as a literal of Spark's SQL."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
