"""Names of fields as Glue's library takes them, and as Spark does."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from awsglue.not_supported import NotSupported

# Glue's names of types that Spark calls something else.
SPARK_TYPES = {"long": "bigint", "short": "smallint", "byte": "tinyint", "integer": "int"}
PLAIN_TYPES = {
    *("string", "int", "bigint", "smallint", "tinyint", "double", "float", "boolean"),
    *("date", "timestamp", "binary", "decimal"),
}


def as_list(paths: str | list[str]) -> list[str]:
    return [paths] if isinstance(paths, str) else list(paths)


def top_level(path: str, use: str) -> str:
    """The name of a field of the row itself: backquotes keep a dot in a name from being a step."""
    if len(path) > 1 and path[0] == path[-1] == "`":
        return path[1:-1]
    if "." in path:
        raise NotSupported(f"{use} of the nested field {path}")
    return path


def existing(frame: DataFrame, path: str, use: str, case_sensitive: bool = False) -> Column:
    """
    The column at `path`, which may lead into structs. Raises ValueError when there is none, where
    Glue would leave it out of the result without a word.
    """
    parts = [path[1:-1]] if len(path) > 1 and path[0] == path[-1] == "`" else path.split(".")
    kind = frame.schema
    found = []
    for part in parts:
        names = kind.fieldNames() if isinstance(kind, StructType) else []
        exact = [name for name in names if name == part]
        alike = [name for name in names if name.lower() == part.lower()]
        match = exact or ([] if case_sensitive else alike)
        if not match:
            there = ", ".join(frame.columns)
            raise ValueError(f"{use}: there is no field {path.strip('`')!r}; the frame has {there}")
        found.append(match[0])
        kind = kind[match[0]].dataType
    return F.col(".".join(f"`{name}`" for name in found))


def spark_type(name: str) -> str:
    """Spark's name of one of Glue's plain types."""
    kind = SPARK_TYPES.get(name.lower(), name.lower())
    if kind.split("(")[0] not in PLAIN_TYPES:
        raise NotSupported(f"type {name}", [*PLAIN_TYPES, *SPARK_TYPES])
    return kind
