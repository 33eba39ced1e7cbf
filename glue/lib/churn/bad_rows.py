"""Finds the rows that do not fit, with their line numbers. Only runs when there are some."""

from __future__ import annotations

from pyspark.sql import DataFrame

from churn.errors import BadRow, bad_row
from churn.rows import find_problems


def find_bad_rows(lines: DataFrame, rows: DataFrame, limit: int) -> list[BadRow]:
    """
    The first `limit` rows that do not fit, in file order.

    `lines` are all lines (`number_lines`), `rows` those that are data (`parse_rows`).
    """
    found = (
        find_problems(rows)
        .orderBy("block", "position")
        .select("block", "position", "line", "problem", "value")
        .limit(limit)
        .collect()
    )
    lines_of_block = {
        row["block"]: row["count"] for row in lines.groupBy("block").count().collect()
    }
    return [
        bad_row(
            sum(count for block, count in lines_of_block.items() if block < row["block"])
            + row["position"]
            + 1,
            row["problem"],
            row["line"],
            row["value"],
        )
        for row in found
    ]
