"""Equality joins, with the names that Glue gives."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from awsglue.field_paths import existing, top_level


def join_frames(
    left: DataFrame, left_paths: list[str], right: DataFrame, right_paths: list[str]
) -> DataFrame:
    """
    Rows of both whose fields are equal, pair by pair. A name that both sides have gets a dot before
    it on the right side. Raises ValueError when the fields are not in pairs, or are not there.
    """
    if not left_paths or len(left_paths) != len(right_paths):
        raise ValueError(f"join: {left_paths!r} and {right_paths!r} are not fields in pairs")
    taken = {name.lower() for name in left.columns}
    renamed = {name: f".{name}" if name.lower() in taken else name for name in right.columns}
    moved = right.toDF(*renamed.values())
    new_names = {old.lower(): new for old, new in renamed.items()}
    condition = F.lit(True)
    for left_path, right_path in zip(left_paths, right_paths, strict=True):
        name = top_level(right_path, "join")
        existing(right, f"`{name}`", "join")
        other = existing(moved, f"`{new_names[name.lower()]}`", "join")
        condition &= existing(left, f"`{top_level(left_path, 'join')}`", "join") == other
    return left.join(moved, condition)
