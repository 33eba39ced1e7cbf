"""The entry point of scripts that are written against Glue's own classes."""

from __future__ import annotations

import logging
import warnings

from pyspark import SparkContext
from pyspark.sql import SparkSession, SQLContext

from awsglue.dynamicframe import DynamicFrame
from awsglue.not_supported import NotSupported

logger = logging.getLogger("GlueLogger")


class GlueContext(SQLContext):
    """`GlueContext(SparkContext.getOrCreate())`: a Spark session, and DynamicFrames over files."""

    def __init__(self, sparkContext: SparkContext, **options: object) -> None:  # noqa: N803 (AWS's name)
        if options:
            raise NotSupported(f"GlueContext with {', '.join(options)}")
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
    ) -> DynamicFrame:
        """Reads CSV, JSON or Parquet files. Other sources fail by name."""
        options = dict(connection_options or {})
        paths = options.pop("paths", None)
        _supported(connection_type, format, options)
        reader = self.spark_session.read
        if format == "csv":
            reader = reader.options(**_csv_options(format_options or {}))
        elif format_options:
            raise NotSupported(f"format_options of {format}")
        return DynamicFrame(reader.format(str(format)).load(paths), self, transformation_ctx)

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
        options = dict(connection_options or {})
        path = options.pop("path", None)
        partition_keys = options.pop("partitionKeys", [])
        _supported(connection_type, format, options)
        writer = frame.toDF().write.mode("append").partitionBy(*partition_keys)
        if format == "csv":
            # Glue writes a header unless told not to.
            writer = writer.options(**_csv_options({"writeHeader": True, **(format_options or {})}))
        writer.format(str(format)).save(path)
        return frame

    @property
    def create_dynamic_frame(self) -> _Reader:
        return _Reader(self)

    @property
    def write_dynamic_frame(self) -> _Writer:
        return _Writer(self)

    def __getattr__(self, name: str) -> object:
        raise NotSupported(f"GlueContext.{name}")


class _Reader:
    def __init__(self, context: GlueContext) -> None:
        self.from_options = context.create_dynamic_frame_from_options

    def __getattr__(self, name: str) -> object:
        raise NotSupported(f"create_dynamic_frame.{name}")


class _Writer:
    def __init__(self, context: GlueContext) -> None:
        self.from_options = context.write_dynamic_frame_from_options

    def __getattr__(self, name: str) -> object:
        raise NotSupported(f"write_dynamic_frame.{name}")


CSV_OPTIONS = {
    "withHeader": "header",
    "writeHeader": "header",
    "separator": "sep",
    "quoteChar": "quote",
}


def _csv_options(options: dict) -> dict[str, str]:
    for name in options:
        if name not in CSV_OPTIONS:
            raise NotSupported(f"csv option {name}")
    return {CSV_OPTIONS[name]: str(value) for name, value in options.items()}


def _supported(connection_type: str, file_format: str | None, options: dict) -> None:
    if connection_type != "s3":
        raise NotSupported(f"connection type {connection_type}")
    if file_format not in ("csv", "json", "parquet"):
        raise NotSupported(f"format {file_format}")
    if options:
        raise NotSupported(f"connection options {', '.join(options)}")
