"""What the rows of a rating file add up to."""

from __future__ import annotations

from dataclasses import dataclass

from csv_etl.errors import InputError
from csv_etl.split import check_splits
from pyspark.sql import DataFrame
from pyspark.sql import functions as F


@dataclass(frozen=True)
class Counts:
    """Ratings that are used, by split, and rows of the file that are not."""

    of_split: dict[str, int]
    bad: int
    """Rows that do not fit."""
    replaced: int
    """Rows that a later row of the same user and item stands in for."""

    @property
    def read(self) -> int:
        return sum(self.of_split.values()) + self.bad + self.replaced

    @property
    def numbers(self) -> dict[str, int]:
        return {"read": self.read, "dropped": self.bad, **self.of_split}


def count_ratings(ratings: DataFrame) -> Counts:
    """One Spark job over `latest_ratings`."""
    groups = ratings.groupBy("split").agg(
        F.count("*").alias("pairs"), F.sum("lines").alias("lines")
    )
    by_split = {row["split"]: (row["pairs"], row["lines"]) for row in groups.collect()}
    bad = by_split.pop(None, (0, 0))[1]
    return Counts(
        {split: pairs for split, (pairs, _) in by_split.items()},
        bad,
        sum(lines - pairs for pairs, lines in by_split.values()),
    )


def check_trainable(counts: Counts, source: str) -> None:
    """Raises InputError when there is nothing to train on, or to measure with."""
    if counts.read == 0:
        raise InputError(
            f"{source} has a header but no rows: it needs one line per rating below the header."
        )
    check_splits(counts.of_split, source)
