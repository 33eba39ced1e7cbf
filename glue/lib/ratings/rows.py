"""From lines of a rating file to one rating for each pair of a user and an item."""

from __future__ import annotations

from csv_etl.bad_rows import name_problems
from csv_etl.lines import parse_lines
from csv_etl.numbers import is_number_sql
from csv_etl.split import split_sql
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ratings.columns import RatingColumns


def parse_rows(lines: DataFrame, columns: RatingColumns) -> DataFrame:
    """Numbered lines but the header, as `row` (a struct of text), and whether it `fits`."""
    parsed = parse_lines(lines, columns.fields)
    conditions = ["row.malformed IS NULL", *_conditions(columns).values()]
    return parsed.selectExpr("*", f"coalesce({' AND '.join(conditions)}, false) AS fits")


def find_problems(rows: DataFrame, columns: RatingColumns) -> DataFrame:
    """The rows that do not fit, for csv_etl.bad_rows."""
    conditions = _conditions(columns)
    fields = {position: f"row.f{position}" for position in conditions}
    return name_problems(rows.where("NOT fits"), fields, conditions, "row.malformed")


def latest_ratings(rows: DataFrame, columns: RatingColumns, seed: int) -> DataFrame:
    """
    `user`, `item`, `score`, `lines` (how many rows rate the pair: the last one counts) and `split`,
    in an order that follows from pairs and seed alone. All rows that do not fit are one with
    neither user nor item nor split.

    A pair's split does not depend on its rating: who changes it moves nothing from test to train.
    """
    # A line takes a byte or more, so that a block's start and the place in the block add up to a
    # number that grows from line to line. One number, where a struct would be sorted by.
    keyed = rows.selectExpr(
        f"IF(fits, row.f{columns.user}, NULL) AS user",
        f"IF(fits, row.f{columns.item}, NULL) AS item",
        f"IF(fits, double(row.f{columns.rating}), NULL) AS score",
        "block + position AS place",
    )
    ratings = keyed.groupBy("user", "item").agg(
        F.expr("max_by(score, place)").alias("score"), F.count("*").alias("lines")
    )
    split = f"CASE WHEN user IS NOT NULL THEN {split_sql(['user', 'item'], seed)} END AS split"
    order = F.expr(f"xxhash64({seed}L, user, item)")
    return ratings.selectExpr("*", split).sortWithinPartitions(order, "user", "item")


def _conditions(columns: RatingColumns) -> dict[int, str]:
    """What must hold for each column that is used, in the order of the file."""
    texts = {position: f"row.f{position}" for position in (columns.user, columns.item)}
    conditions = {position: f"trim({text}) != ''" for position, text in texts.items()}
    conditions[columns.rating] = is_number_sql(f"row.f{columns.rating}")
    return dict(sorted(conditions.items()))
