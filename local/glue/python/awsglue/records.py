"""Functions of a script that are called for each row: Python dictionaries in, and out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F
from pyspark.sql.types import NullType


def filter_records(frame: DataFrame, keep: Callable[[dict], Any]) -> DataFrame:
    """
    The rows for which `keep` is true. As in Glue, a row for which it raises KeyError, ValueError or
    TypeError is left out; any other exception fails the job, where Glue sets the row aside.
    """

    def is_kept(row: Row) -> bool:
        try:
            return bool(keep(row.asDict(recursive=True)))
        except (KeyError, ValueError, TypeError):
            return False

    return frame.sparkSession.createDataFrame(frame.rdd.filter(is_kept), frame.schema)


def map_records(frame: DataFrame, change: Callable[[dict], dict]) -> DataFrame:
    """
    The rows that `change` makes of the rows, with the fields in the order in which they first come
    up. Values of different types in one field fail the job, as does an exception, where Glue makes
    a choice type, and sets the row aside.
    """

    def changed(row: Row) -> dict:
        record = change(row.asDict(recursive=True))
        if not isinstance(record, dict):
            raise TypeError(f"the function of map() returned {record!r}, not the record")
        return record

    # Kept: the fields and their types are looked for before the rows are used, and what the script
    # does to a row should be done once.
    records = frame.rdd.map(changed).cache()
    names = records.map(lambda record: list(record)).fold([], _joined)
    if not names:
        return frame.limit(0)
    rows = records.map(lambda record: tuple(record.get(name) for name in names))
    result = frame.sparkSession.createDataFrame(rows, names, samplingRatio=1.0)
    return result.select(
        [
            F.col(f"`{field.name}`").cast("string").alias(field.name)
            if isinstance(field.dataType, NullType)
            else F.col(f"`{field.name}`")
            for field in result.schema.fields
        ]
    )


def _joined(first: list[str], second: list[str]) -> list[str]:
    return first if first == second else list(dict.fromkeys([*first, *second]))
