"""Transforms of fields. The parameters' names are AWS's."""

from __future__ import annotations

from pyspark.sql import functions as F
from pyspark.sql.types import NullType

from awsglue.collection import DynamicFrameCollection
from awsglue.dynamicframe import DynamicFrame
from awsglue.last_parameters import with_last_parameters
from awsglue.transforms.transform import GlueTransform


class ApplyMapping(GlueTransform):
    @with_last_parameters
    def __call__(
        self,
        frame: DynamicFrame,
        mappings: list[tuple[str, str, str, str]],
        case_sensitive: bool = False,
    ) -> DynamicFrame:
        return frame.apply_mapping(mappings, case_sensitive)


class SelectFields(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, paths: list[str]) -> DynamicFrame:
        return frame.select_fields(paths)


class DropFields(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, paths: list[str]) -> DynamicFrame:
        return frame.drop_fields(paths)


class RenameField(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, old_name: str, new_name: str) -> DynamicFrame:
        return frame.rename_field(old_name, new_name)


class ResolveChoice(GlueTransform):
    @with_last_parameters
    def __call__(
        self,
        frame: DynamicFrame,
        specs: list[tuple[str, str]] | None = None,
        choice: str = "",
        database: str | None = None,
        table_name: str | None = None,
    ) -> DynamicFrame:
        return frame.resolveChoice(specs, choice, database, table_name)


class SplitFields(GlueTransform):
    @with_last_parameters
    def __call__(
        self,
        frame: DynamicFrame,
        paths: list[str],
        name1: str | None = None,
        name2: str | None = None,
    ) -> DynamicFrameCollection:
        base = frame.name or "frame"
        return frame.split_fields(paths, name1 or f"{base}1", name2 or f"{base}2")


class DropNullFields(GlueTransform):
    """Without the fields that are null in every row."""

    @with_last_parameters
    def __call__(self, frame: DynamicFrame) -> DynamicFrame:
        rows = frame.toDF()
        typed = [field for field in rows.schema.fields if not isinstance(field.dataType, NullType)]
        counts = [F.count(f"`{field.name}`").alias(field.name) for field in typed]
        held = rows.agg(*counts).first().asDict() if counts else {}
        empty = [f"`{name}`" for name in rows.columns if not held.get(name)]
        return frame.drop_fields(empty)
