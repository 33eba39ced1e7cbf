"""
Whole numbers for the ids of a file, as Object2Vec takes them: 1 to n. 0 stays free: it stands for
no user or item of the training data, so that a vocabulary has n + 1 entries.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass

from csv_etl.errors import InputError
from csv_etl.kept_frames import keep
from csv_etl.texts import check_texts
from pyspark.sql import DataFrame
from pyspark.sql import functions as F


@dataclass(frozen=True)
class Ids:
    """What came of the ids of one column."""

    kind: str
    """`user` or `item`."""
    frame: DataFrame
    """Columns `<kind>` (text), `<kind>_id` (from 1) and `trained` (whether the train split has
    it)."""
    lines: list[str]
    """The mapping, a JSON object each: {"user": "u7", "id": 1, "trained": true}."""
    untrained: int
    """Ids that occur in the other splits only: what the model says of them means nothing."""

    @property
    def vocabulary_size(self) -> int:
        return len(self.lines) + 1

    def mapping(self) -> dict[str, int]:
        """Id by text."""
        objects = map(json.loads, self.lines)
        return {entry[self.kind]: entry["id"] for entry in objects}

    def described(self) -> dict[str, int]:
        """For the report."""
        return {
            "count": len(self.lines),
            "vocabularySize": self.vocabulary_size,
            "untrained": self.untrained,
        }


def number_ids(ratings: DataFrame, kind: str, kept: ExitStack) -> Ids:
    """
    Numbers the users or items of `latest_ratings`, shorter texts first, so that numbers are in
    their order. The frame is for use until the stack's end.
    """
    distinct = (
        ratings.where("split IS NOT NULL")
        .groupBy(kind)
        .agg(F.expr("max(split = 'train')").alias("trained"))
    )
    # One partition: there the ids that Spark gives follow upon each other.
    ordered = distinct.coalesce(1).sortWithinPartitions(F.length(kind), kind)
    number = f"int(monotonically_increasing_id()) + 1 AS {kind}_id"
    frame = keep(ordered.selectExpr(kind, number, "trained"), kept)
    entry = f"to_json(named_struct('{kind}', {kind}, 'id', {kind}_id, 'trained', trained))"
    rows = frame.selectExpr(f"{entry} AS line", "trained").collect()
    return Ids(kind, frame, [row["line"] for row in rows], sum(not row["trained"] for row in rows))


def check_ids(ids: Ids, column: str, source: str) -> None:
    """Raises InputError over an id that is no readable text."""
    check_texts(ids.mapping(), column, source)


def check_vocabulary(ids: Ids, argument: str, text: str, hyperparameter: str) -> None:
    """Raises InputError when the size that an argument gives is no number, or too small."""
    if not text:
        return
    if not text.isdecimal() or int(text) < ids.vocabulary_size:
        count = len(ids.lines)
        raise InputError(
            f"argument {argument} is {text!r}, and the file has {count} {ids.kind}s, whose ids are "
            f"1 to {count}, beside the 0 that is kept: set it, and with it the hyperparameter "
            f"{hyperparameter}, to {ids.vocabulary_size} or more."
        )
