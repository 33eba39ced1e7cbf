"""Reads the files of channels into XGBoost's matrices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import xgboost as xgb
from sagemaker_contract.channel_files import files_of
from sagemaker_contract.errors import UserError

from .channel_files import delimiter_of
from .content_types import CSV, LIBSVM, PARQUET, RECORDIO_PROTOBUF

#: Below this, threads cost more than they bring.
_BYTES_WORTH_THREADS = 8_000_000


def read_matrix(channels: list[Path], data_format: str, csv_weights: int = 0) -> xgb.DMatrix:
    """The rows of all files below the folders, label first.

    `csv_weights`: 1 where column 1 of a CSV file holds the rows' weights
    Raises UserError where a file cannot be read.
    """
    files = [file for channel in channels for file in files_of(channel)]
    if data_format == CSV:
        delimiter = delimiter_of(files)
        weights = "&weight_column=1" if csv_weights == 1 else ""
        options = f"format=csv&label_column=0&delimiter={delimiter}{weights}"
        return _load(CSV, lambda: _read_text(files, options))
    readers: dict[str, Callable[[], xgb.DMatrix]] = {
        LIBSVM: lambda: _read_text(files, "format=libsvm"),
        PARQUET: lambda: _read_parquet(files),
        RECORDIO_PROTOBUF: lambda: _read_recordio(files),
    }
    return _load(data_format, readers[data_format])


def _load(data_format: str, read: Callable[[], xgb.DMatrix]) -> xgb.DMatrix:
    try:
        return read()
    except Exception as error:
        raise UserError(f"Failed to load {data_format} data with exception:\n{error}") from error


def _read_text(files: list[Path], options: str) -> xgb.DMatrix:
    # XGBoost's own parser, as in the container: what it makes of header rows, text and blanks is
    # its affair.
    small = sum(file.stat().st_size for file in files) < _BYTES_WORTH_THREADS
    uri = f"{';'.join(str(file) for file in files)}?{options}"
    return xgb.DMatrix(uri, nthread=1 if small else None)


def _read_parquet(files: list[Path]) -> xgb.DMatrix:
    from pyarrow import parquet  # Large, and seldom needed.

    blocks = []
    for file in files:
        if file.name.startswith("_"):
            continue
        table = parquet.read_table(file, partitioning=None)
        blocks.append(np.column_stack([column.to_numpy() for column in table.columns]))
    rows = np.vstack(blocks).astype(float)
    return xgb.DMatrix(rows[:, 1:], label=rows[:, 0])


def _read_recordio(files: list[Path]) -> xgb.DMatrix:
    from sagemaker_contract.recordio import decode_records

    content = b"".join(file.read_bytes() for file in files)
    features, labels = decode_records(content)
    if labels is None:
        raise ValueError("records have no label")
    return xgb.DMatrix(features, label=labels)
