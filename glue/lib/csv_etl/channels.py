"""
Writes training channels: folders that hold training data and nothing else. No _SUCCESS: where
training lists the empty marker first, it finds no data in it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import DataFrame, DataFrameWriter

from csv_etl.split import SPLITS

NO_MARKER = ("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")

# Rows to a file of objects, about.
ROWS_OF_FILE = 50_000


def split_folders(options: dict[str, str]) -> dict[str, str]:
    """Folder of each split that has one."""
    keys = zip(SPLITS, ("S3_TRAIN_KEY", "S3_VALIDATE_KEY", "S3_TEST_KEY"), strict=True)
    return {split: options[key] for split, key in keys if options[key]}


def write_lines(output: DataFrame, folders: dict[str, str]) -> None:
    """Writes the `line` of each row of `output` into the folder of its `split`."""

    def write(split: str) -> None:
        # Finished lines: with a separator that they do not hold, the writer puts no quotes around
        # them. Unlike the writer of text, it makes no file where there is no line.
        _over(output.where(f"split = '{split}'").select("line")).csv(folders[split], sep="\t")

    _side_by_side(write, folders)


def write_objects(
    output: DataFrame, columns: list[str], rows: dict[str, int], folders: dict[str, str]
) -> None:
    """
    Writes `columns` as one JSON object a line into the folder of each row's `split`.

    `rows` of each split decide on its number of files: the writer of JSON makes the first one even
    where the first part of the data has no row of the split.
    """

    def write(split: str) -> None:
        objects = output.where(f"split = '{split}'").select(columns)
        _over(objects.coalesce(1 + rows[split] // ROWS_OF_FILE)).json(folders[split])

    _side_by_side(write, folders)


def _over(rows: DataFrame) -> DataFrameWriter:
    """Overwriting: a run that is tried again finds what the first try left."""
    return rows.write.option(*NO_MARKER).mode("overwrite")


def _side_by_side(write: Callable[[str], None], folders: dict[str, str]) -> None:
    """Small jobs side by side take about as long as one."""
    with ThreadPoolExecutor(max_workers=len(SPLITS)) as pool:
        list(pool.map(write, folders))
