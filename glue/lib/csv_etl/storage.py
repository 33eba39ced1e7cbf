"""
Single files on whatever storage the paths name (S3 on AWS), through the file systems that Spark
itself uses.
"""

from __future__ import annotations

from pyspark.sql import SparkSession

from csv_etl.content import HEAD_BYTES, lines_of_head
from csv_etl.errors import InputError

# Bytes that go to Java at once.
PIECE = 2**20


def read_first_line(spark: SparkSession, path: str) -> str | None:
    """
    The first line of a file, None of an empty one; without a Spark job. Raises InputError when
    there is no such file, and when it does not begin as text in UTF-8 does.
    """
    file_system, location = _locate(spark, path)
    if not file_system.exists(location) or file_system.getFileStatus(location).isDirectory():
        raise InputError(
            f"{path} does not exist, or is no single file: S3_INPUT_FILE names one CSV object."
        )
    return next(iter(_first_lines(spark, path)), None)


def read_first_lines(spark: SparkSession, path: str, count: int) -> list[str]:
    """
    The first lines of a file, at most `count`; without a Spark job. Raises InputError when it does
    not begin as text in UTF-8 does.
    """
    return _first_lines(spark, path)[:count]


def _first_lines(spark: SparkSession, path: str) -> list[str]:
    file_system, location = _locate(spark, path)
    stream = file_system.open(location)
    try:
        head = bytes(stream.readNBytes(HEAD_BYTES))
        return lines_of_head(head, len(head) < HEAD_BYTES, path)
    finally:
        stream.close()


def list_files(spark: SparkSession, path: str) -> list[str]:
    """
    The file that `path` names, or all files of that folder by name. Raises InputError when there
    is none.
    """
    file_system, location = _locate(spark, path)
    if not file_system.exists(location):
        raise InputError(f"{path} does not exist, or the job may not read it.")
    files = [status for status in file_system.listStatus(location) if status.isFile()]
    if not files:
        raise InputError(f"{path} holds no file: upload one.")
    return sorted(status.getPath().toString() for status in files)


def write_text(spark: SparkSession, path: str, text: str) -> None:
    """Writes a file in one piece, over an old one if need be."""
    file_system, location = _locate(spark, path)
    content = text.encode()
    stream = file_system.create(location, True)
    try:
        for start in range(0, len(content), PIECE):
            stream.write(bytearray(content[start : start + PIECE]))
    finally:
        stream.close()


def copy_file(spark: SparkSession, source: str, target: str) -> None:
    """Copies a file, over an old one if need be. Raises InputError when there is no such file."""
    from_system, from_location = _locate(spark, source)
    to_system, to_location = _locate(spark, target)
    if not from_system.exists(from_location):
        raise InputError(f"{source} does not exist, or the job may not read it.")
    copy = spark.sparkContext._jvm.org.apache.hadoop.fs.FileUtil.copy
    conf = spark.sparkContext._jsc.hadoopConfiguration()
    copy(from_system, from_location, to_system, to_location, False, True, conf)


def _locate(spark: SparkSession, path: str):
    jvm = spark.sparkContext._jvm
    location = jvm.org.apache.hadoop.fs.Path(path)
    return location.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()), location
