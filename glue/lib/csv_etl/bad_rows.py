"""Finds the rows that do not fit, with their line numbers. Only runs when there are some."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame

from csv_etl.errors import BadRow

# Of those that do not fit, this many are described: in the report, if the job goes on.
LISTED_ROWS = 100

Describe = Callable[[int, int, str, "str | None"], BadRow]


def find_bad_rows(lines: DataFrame, problems: DataFrame, describe: Describe) -> list[BadRow]:
    """
    The first LISTED_ROWS rows that do not fit, in file order.

    `lines` are all lines (`number_lines`); `problems` are rows that do not fit: `block`,
    `position`, `line`, `problem` (a number: the position of the column, -1 for a wrong number of
    columns) and `value`, what stands there. `describe` takes row number, problem, line and value.
    """
    found = (
        problems.orderBy("block", "position")
        .select("block", "position", "line", "problem", "value")
        .limit(LISTED_ROWS)
        .collect()
    )
    lines_of_block = {
        row["block"]: row["count"] for row in lines.groupBy("block").count().collect()
    }
    return [
        describe(
            sum(count for block, count in lines_of_block.items() if block < row["block"])
            + row["position"]
            + 1,
            row["problem"],
            row["line"],
            row["value"],
        )
        for row in found
    ]
