"""
DynamicFrame as a view of a DataFrame.

Every row has the same fields and each field one type: choice types, which Glue infers from mixed
data, do not arise, and there are no error records: what fails fails the job.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from awsglue.collection import DynamicFrameCollection
from awsglue.field_paths import as_list, existing, spark_type, top_level
from awsglue.joined_frames import join_frames
from awsglue.last_parameters import with_last_parameters
from awsglue.not_supported import NotSupported, lacks
from awsglue.records import filter_records, map_records
from awsglue.row_comparison import comparison

if TYPE_CHECKING:
    from awsglue.context import GlueContext

__all__ = ["DynamicFrame", "DynamicFrameCollection"]


class DynamicFrame:
    """Made with `fromDF`, or by GlueContext from files."""

    def __init__(self, frame: DataFrame, glue_ctx: GlueContext, name: str = "") -> None:
        self._frame = frame
        self.glue_ctx = glue_ctx
        self.name = name

    @classmethod
    def fromDF(cls, dataframe: DataFrame, glue_ctx: GlueContext, name: str) -> DynamicFrame:  # noqa: N802
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options: list | None = None) -> DataFrame:  # noqa: N802 (AWS's name)
        if options:
            raise NotSupported("toDF with options, which resolve choice types")
        return self._frame

    def schema(self) -> StructType:
        """The fields, as Spark's types."""
        return self._frame.schema

    def printSchema(self) -> None:  # noqa: N802 (AWS's name)
        self._frame.printSchema()

    def show(self, num_rows: int = 20) -> None:
        """Prints the first rows, as one JSON object a line."""
        for line in self._frame.limit(num_rows).toJSON().collect():
            print(line)

    def count(self) -> int:
        return self._frame.count()

    def getNumPartitions(self) -> int:  # noqa: N802 (AWS's name)
        return self._frame.rdd.getNumPartitions()

    @with_last_parameters
    def select_fields(self, paths: str | list[str]) -> DynamicFrame:
        names = [top_level(path, "select_fields") for path in as_list(paths)]
        columns = [existing(self._frame, f"`{name}`", "select_fields") for name in names]
        return self._with(self._frame.select(columns))

    @with_last_parameters
    def drop_fields(self, paths: str | list[str]) -> DynamicFrame:
        return self._with(self._frame.drop(*(top_level(p, "drop_fields") for p in as_list(paths))))

    @with_last_parameters
    def rename_field(
        self,
        oldName: str,  # noqa: N803 (AWS's names)
        newName: str,  # noqa: N803
    ) -> DynamicFrame:
        old, new = (top_level(path, "rename_field") for path in (oldName, newName))
        existing(self._frame, f"`{old}`", "rename_field")
        return self._with(self._frame.withColumnRenamed(old, new))

    @with_last_parameters
    def apply_mapping(
        self, mappings: list[tuple[str, str, str, str]], case_sensitive: bool = False
    ) -> DynamicFrame:
        """
        Fields by (source path, source type, target name, target type), in that order; others are
        left out. A value that the target type cannot hold becomes null.
        """
        columns = []
        for mapping in [mappings] if isinstance(mappings, tuple) else mappings:
            if len(mapping) != 4:
                raise ValueError(f"apply_mapping: {mapping!r} is no (name, type, name, type)")
            source, source_type, target, target_type = mapping
            spark_type(source_type)
            column = existing(self._frame, source, "apply_mapping", case_sensitive)
            name = top_level(target, "apply_mapping to")
            columns.append(column.cast(spark_type(target_type)).alias(name))
        return self._with(self._frame.select(columns))

    applyMapping = apply_mapping

    @with_last_parameters
    def resolveChoice(  # noqa: N802 (AWS's name)
        self,
        specs: list[tuple[str, str]] | None = None,
        choice: str = "",
        database: str | None = None,
        table_name: str | None = None,
    ) -> DynamicFrame:
        """`cast:<type>` of a field casts it; nothing else has anything to resolve here."""
        if (specs is None) == (not choice):
            raise ValueError("resolveChoice takes either specs or choice")
        if database is not None or table_name is not None or choice.lower() == "match_catalog":
            raise NotSupported("resolveChoice with match_catalog: the Data Catalog")
        frame = self._frame
        for path, action in [specs] if isinstance(specs, tuple) else specs or []:
            column = existing(frame, f"`{top_level(path, 'resolveChoice')}`", "resolveChoice")
            if _is_cast(action):
                kind = spark_type(action.split(":", 1)[1])
                frame = frame.withColumn(top_level(path, "resolveChoice"), column.cast(kind))
        if choice and _is_cast(choice):
            spark_type(choice.split(":", 1)[1])
        return self._with(frame)

    @with_last_parameters
    def filter(self, f: Callable[[dict], Any]) -> DynamicFrame:
        return self._with(filter_records(self._frame, f))

    @with_last_parameters
    def map(self, f: Callable[[dict], dict]) -> DynamicFrame:
        return self._with(map_records(self._frame, f))

    @with_last_parameters
    def join(
        self, paths1: str | list[str], paths2: str | list[str], frame2: DynamicFrame
    ) -> DynamicFrame:
        joined = join_frames(self._frame, as_list(paths1), frame2.toDF(), as_list(paths2))
        return DynamicFrame(joined, self.glue_ctx, self.name + frame2.name)

    @with_last_parameters
    def split_fields(
        self, paths: str | list[str], name1: str, name2: str
    ) -> DynamicFrameCollection:
        """The fields named, and the others."""
        return self._two(name1, self.select_fields(paths), name2, self.drop_fields(paths))

    @with_last_parameters
    def split_rows(self, comparison_dict: dict, name1: str, name2: str) -> DynamicFrameCollection:
        """The rows that fit all comparisons (`{"age": {">": 10}}`), and the others."""
        fits = F.coalesce(comparison(self._frame, comparison_dict), F.lit(False))
        first, second = self._with(self._frame.where(fits)), self._with(self._frame.where(~fits))
        return self._two(name1, first, name2, second)

    @with_last_parameters
    def union(self, other_frame: DynamicFrame) -> DynamicFrame:
        """The rows of both; a field that one lacks is null there."""
        return self._with(self._frame.unionByName(other_frame.toDF(), allowMissingColumns=True))

    @with_last_parameters
    def repartition(self, num_partitions: int) -> DynamicFrame:
        return self._with(self._frame.repartition(num_partitions))

    @with_last_parameters
    def coalesce(self, num_partitions: int, shuffle: bool = False) -> DynamicFrame:
        if shuffle:
            return self.repartition(num_partitions)
        return self._with(self._frame.coalesce(num_partitions))

    def write(
        self,
        connection_type: str,
        connection_options: dict | None = None,
        format: str | None = None,  # noqa: A002 (AWS's name)
        format_options: dict | None = None,
        accumulator_size: int = 0,
    ) -> DynamicFrame:
        return self.glue_ctx.write_dynamic_frame_from_options(
            self, connection_type, connection_options, format, format_options
        )

    def errorsCount(self) -> int:  # noqa: N802 (AWS's name)
        return 0

    def stageErrorsCount(self) -> int:  # noqa: N802 (AWS's name)
        return 0

    def assertErrorThreshold(self) -> None:  # noqa: N802 (AWS's name)
        """Nothing to assert: there are no error records."""

    def _two(self, name1: str, one: DynamicFrame, name2: str, two: DynamicFrame):
        one.name, two.name = name1, name2
        return DynamicFrameCollection({name1: one, name2: two}, self.glue_ctx)

    def _with(self, frame: DataFrame) -> DynamicFrame:
        return DynamicFrame(frame, self.glue_ctx, self.name)

    def __getattr__(self, name: str) -> object:
        raise lacks("DynamicFrame", DynamicFrame, name)


def _is_cast(action: str) -> bool:
    kind = action.lower().split(":")[0]
    if kind not in ("cast", "project", "make_cols", "make_struct"):
        raise NotSupported(
            f"resolveChoice action {action}", ["cast:T", "project:T", "make_cols", "make_struct"]
        )
    return kind == "cast"
