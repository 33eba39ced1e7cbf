"""
DynamicFrame as a view of a DataFrame: enough to go from one to the other, and for the plainest of
its own methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import DataFrame

from awsglue.not_supported import NotSupported

if TYPE_CHECKING:
    from awsglue.context import GlueContext


class DynamicFrame:
    """
    Every row has the same fields here: choice types, which AWS infers from mixed data, do not
    arise.
    """

    def __init__(self, frame: DataFrame, glue_ctx: GlueContext, name: str = "") -> None:
        self._frame = frame
        self.glue_ctx = glue_ctx
        self.name = name

    @classmethod
    def fromDF(cls, dataframe: DataFrame, glue_ctx: GlueContext, name: str) -> DynamicFrame:  # noqa: N802
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options: object = None) -> DataFrame:  # noqa: N802 (AWS's name)
        if options is not None:
            raise NotSupported("toDF(options)")
        return self._frame

    def count(self) -> int:
        return self._frame.count()

    def printSchema(self) -> None:  # noqa: N802 (AWS's name)
        self._frame.printSchema()

    def show(self, num_rows: int = 20) -> None:
        self._frame.show(num_rows)

    def drop_fields(self, paths: list[str]) -> DynamicFrame:
        return self._with(self._frame.drop(*paths))

    def select_fields(self, paths: list[str]) -> DynamicFrame:
        return self._with(self._frame.select(*paths))

    def rename_field(self, oldName: str, newName: str) -> DynamicFrame:  # noqa: N803 (AWS's names)
        return self._with(self._frame.withColumnRenamed(oldName, newName))

    def repartition(self, num_partitions: int) -> DynamicFrame:
        return self._with(self._frame.repartition(num_partitions))

    def coalesce(self, num_partitions: int) -> DynamicFrame:
        return self._with(self._frame.coalesce(num_partitions))

    def _with(self, frame: DataFrame) -> DynamicFrame:
        return DynamicFrame(frame, self.glue_ctx, self.name)

    def __getattr__(self, name: str) -> object:
        raise NotSupported(f"DynamicFrame.{name}")
