"""
Glue's transforms as classes: `ApplyMapping.apply(frame=frame, mappings=[...])`.

Those that are not here are names all the same, so that `from awsglue.transforms import *` gives
them to a script, and say what they are when they are used.
"""

from __future__ import annotations

from awsglue.not_supported import NotSupported
from awsglue.transforms.fields import (
    ApplyMapping,
    DropFields,
    DropNullFields,
    RenameField,
    ResolveChoice,
    SelectFields,
    SplitFields,
)
from awsglue.transforms.rows import (
    Coalesce,
    Filter,
    Join,
    Map,
    MapToCollection,
    Repartition,
    SelectFromCollection,
    SplitRows,
    Union,
)
from awsglue.transforms.transform import GlueTransform, Lacking

TRANSFORMS = (
    *(ApplyMapping, DropFields, DropNullFields, RenameField, ResolveChoice, SelectFields),
    *(SplitFields, Coalesce, Filter, Join, Map, MapToCollection, Repartition),
    *(SelectFromCollection, SplitRows, Union),
)
LACKING = (
    *("ErrorsAsDynamicFrame", "EvaluateDataQuality", "FillMissingValues", "FindIncrementalMatches"),
    *("FindMatches", "FlatMap", "Relationalize", "Spigot", "Unbox", "UnnestFrame"),
)
_names = [transform.__name__ for transform in TRANSFORMS]

globals().update({name: Lacking(name, _names) for name in LACKING})

__all__ = ["GlueTransform", *_names, *LACKING]


def __getattr__(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)
    raise NotSupported(f"awsglue.transforms.{name}", _names)
