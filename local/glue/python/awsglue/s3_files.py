"""Files of CSV, JSON and Parquet, with the options that Glue's library takes for them."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from awsglue.not_supported import NotSupported

FORMATS = {"csv": "csv", "json": "json", "parquet": "parquet", "glueparquet": "parquet"}
# How Glue cuts files up and lists them: the rows are the same.
WITHOUT_EFFECT = {"groupFiles", "groupSize", "useS3ListImplementation", "optimizePerformance"}
CSV_OPTIONS = {
    "withHeader": "header",
    "separator": "sep",
    "quoteChar": "quote",
    "escaper": "escape",
    "multiLine": "multiLine",
}
READ_OPTIONS = {"csv": CSV_OPTIONS, "json": {"multiLine": "multiLine"}, "parquet": {}}
WRITE_OPTIONS = {
    "csv": {
        "writeHeader": "header",
        "separator": "sep",
        "quoteChar": "quote",
        "escaper": "escape",
    },
    "json": {},
    "parquet": {"compression": "compression", "useGlueParquetWriter": None},
}


def read_files(
    spark: SparkSession,
    connection_type: str,
    connection_options: dict,
    file_format: str | None,
    format_options: dict,
) -> DataFrame:
    """
    Rows of the files at `paths`. CSV columns are text, as in Glue, and are called col0, col1, ...
    without a header.
    """
    kind = _format(connection_type, file_format)
    options = dict(connection_options)
    paths = options.pop("paths", None)
    if not paths:
        raise ValueError("connection_options has no paths: the s3:// URIs to read")
    reader = spark.read.options(**_spark_options(READ_OPTIONS[kind], format_options, kind))
    if _is_true(options.pop("recurse", False)):
        reader = reader.option("recursiveFileLookup", "true")
    _refuse(options, f"connection option {{}} of reading {kind}", ["paths", "recurse"])
    frame = reader.format(kind).load([paths] if isinstance(paths, str) else paths)
    if kind == "csv" and not _is_true(format_options.get("withHeader", False)):
        return frame.toDF(*(f"col{i}" for i in range(len(frame.columns))))
    return frame


def write_files(
    frame: DataFrame,
    connection_type: str,
    connection_options: dict,
    file_format: str | None,
    format_options: dict,
) -> None:
    """Writes files beside those that are there, as Glue does, and no marker file."""
    kind = _format(connection_type, file_format)
    options = dict(connection_options)
    path = options.pop("path", None)
    if not path:
        raise ValueError("connection_options has no path: the s3:// URI to write below")
    keys = options.pop("partitionKeys", None) or []
    compression = options.pop("compression", None)
    _refuse(options, f"connection option {{}} of writing {kind}", ["path", "partitionKeys"])
    given = {"writeHeader": True, **format_options} if kind == "csv" else format_options
    writer = frame.write.mode("append").partitionBy(*keys)
    writer = writer.options(**_spark_options(WRITE_OPTIONS[kind], given, kind))
    if compression is not None:
        writer = writer.option("compression", compression)
    writer = writer.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    writer.format(kind).save(path)


def _format(connection_type: str, file_format: str | None) -> str:
    if connection_type == "parquet" and file_format is None:
        return "parquet"  # an older way to say format="parquet"
    if connection_type != "s3":
        raise NotSupported(f"connection type {connection_type}", ["s3"])
    if file_format not in FORMATS:
        raise NotSupported(f"format {file_format}", FORMATS)
    return FORMATS[file_format]


def _spark_options(names: dict[str, str | None], given: dict, kind: str) -> dict[str, str]:
    lacking = {name: value for name, value in given.items() if name not in names}
    _refuse(lacking, f"{kind} option {{}}", names)
    options = {}
    for name, value in given.items():
        spark_name = names.get(name)
        if spark_name == "quote" and str(value) == "-1":
            value = ""  # no quotes at all
        if spark_name is not None:
            options[spark_name] = str(value).lower() if isinstance(value, bool) else str(value)
    return options


def _refuse(options: dict, what: str, there_is) -> None:
    for name in options:
        if name not in WITHOUT_EFFECT:
            raise NotSupported(what.format(name), there_is)


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"
