"""The entry point of scripts that are written against Glue's own classes."""

from __future__ import annotations

import logging
import warnings

from pyspark import SparkContext
from pyspark.sql import SparkSession, SQLContext

from awsglue.dynamicframe import DynamicFrame
from awsglue.not_supported import NotSupported, lacks
from awsglue.s3_files import read_files, write_files

logger = logging.getLogger("GlueLogger")


class GlueContext(SQLContext):
    """`GlueContext(SparkContext.getOrCreate())`: a Spark session, and DynamicFrames over files."""

    def __init__(self, sparkContext: SparkContext, **options: object) -> None:  # noqa: N803 (AWS's name)
        # How many partitions Glue aims at when it reads: the rows are the same.
        for option in options:
            if option not in ("minPartitions", "targetPartitions"):
                raise NotSupported(f"GlueContext with {option}")
        session = SparkSession.builder.getOrCreate()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # SQLContext is old; Glue builds on it
            super().__init__(sparkContext, session)
        self.spark_session: SparkSession = session

    def get_logger(self) -> logging.Logger:
        """Glue's logger, as far as Python code uses it: info, warn, error, debug."""
        return logger

    def create_dynamic_frame_from_options(
        self,
        connection_type: str,
        connection_options: dict | None = None,
        format: str | None = None,  # noqa: A002 (AWS's name)
        format_options: dict | None = None,
        transformation_ctx: str = "",
        push_down_predicate: str = "",
    ) -> DynamicFrame:
        """Reads CSV, JSON or Parquet files. Other sources fail by name."""
        if push_down_predicate:
            raise NotSupported("push_down_predicate")
        frame = read_files(
            self.spark_session,
            connection_type,
            connection_options or {},
            format,
            format_options or {},
        )
        return DynamicFrame(frame, self, transformation_ctx)

    def create_data_frame_from_options(self, *args: object, **kwargs: object):
        """The same as a DataFrame."""
        return self.create_dynamic_frame_from_options(*args, **kwargs).toDF()

    def create_dynamic_frame_from_rdd(
        self,
        data: object,
        name: str,
        schema: object = None,
        sample_ratio: float | None = None,
        transformation_ctx: str = "",
    ) -> DynamicFrame:
        frame = self.spark_session.createDataFrame(data, schema, sample_ratio)
        return DynamicFrame.fromDF(frame, self, name)

    def write_dynamic_frame_from_options(
        self,
        frame: DynamicFrame,
        connection_type: str,
        connection_options: dict | None = None,
        format: str | None = None,  # noqa: A002 (AWS's name)
        format_options: dict | None = None,
        transformation_ctx: str = "",
    ) -> DynamicFrame:
        """Writes CSV, JSON or Parquet files beside those that are there, as Glue does."""
        write_files(
            frame.toDF(), connection_type, connection_options or {}, format, format_options or {}
        )
        return frame

    @property
    def create_dynamic_frame(self) -> DynamicFrameReader:
        return DynamicFrameReader(self)

    @property
    def write_dynamic_frame(self) -> DynamicFrameWriter:
        return DynamicFrameWriter(self)

    def __getattr__(self, name: str) -> object:
        own = [name for name in vars(GlueContext) if not name.startswith("_")]
        raise NotSupported(f"GlueContext.{name}", own)


class DynamicFrameReader:
    """`glueContext.create_dynamic_frame`."""

    def __init__(self, context: GlueContext) -> None:
        self.from_options = context.create_dynamic_frame_from_options
        self.from_rdd = context.create_dynamic_frame_from_rdd

    def __getattr__(self, name: str) -> object:
        raise lacks("create_dynamic_frame", self, name)


class DynamicFrameWriter:
    """`glueContext.write_dynamic_frame`."""

    def __init__(self, context: GlueContext) -> None:
        self.from_options = context.write_dynamic_frame_from_options

    def __getattr__(self, name: str) -> object:
        raise lacks("write_dynamic_frame", self, name)
