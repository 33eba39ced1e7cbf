"""Data that several jobs read, made once."""

from __future__ import annotations

from contextlib import ExitStack

from pyspark import StorageLevel
from pyspark.sql import DataFrame


def keep(frame: DataFrame, until: ExitStack) -> DataFrame:
    """The frame, whose rows stay in memory, or on disk, from their first use to the stack's end."""
    kept = frame.persist(StorageLevel.MEMORY_AND_DISK)
    until.callback(kept.unpersist)
    return kept
