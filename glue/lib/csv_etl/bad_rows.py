"""Finds the rows that do not fit, with their line numbers. Only runs when there are some."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyspark.sql import DataFrame

from csv_etl.errors import BadRow

# Of those that do not fit, this many are described: in the report, if the job goes on.
LISTED_ROWS = 100

Describe = Callable[[int, int, str, "str | None"], BadRow]


def name_problems(
    rows: DataFrame, fields: Mapping[int, str], conditions: Mapping[int, str], malformed: str
) -> DataFrame:
    """
    Rows that do not fit with `problem` and `value`, as `find_bad_rows` takes them.

    SQL by a column's position: what stands in it, `fields`, and whether that fits, `conditions`.
    `malformed`: SQL, null where a row has as many columns as it should.
    """
    problems = " ".join(
        f"WHEN NOT coalesce({sql}, false) THEN {position}" for position, sql in conditions.items()
    )
    values = " ".join(f"WHEN {position} THEN {fields[position]}" for position in conditions)
    return rows.selectExpr(
        "*", f"CASE WHEN {malformed} IS NOT NULL THEN -1 {problems} END AS problem"
    ).selectExpr("*", f"CASE problem {values} END AS value")


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
