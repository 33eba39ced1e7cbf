"""Whether the files of an input channel are what they are declared to be."""

from __future__ import annotations

import csv
import logging
import os
from pathlib import Path

from sagemaker_contract.errors import UserError

from .content_types import CSV, LIBSVM

logger = logging.getLogger(__name__)


def check_format(channel: Path, data_format: str) -> None:
    """Looks at the first lines of the files, as the container does before it loads them.

    Raises UserError.
    """
    for path in _files_checked(channel):
        if data_format == CSV:
            sniff_delimiter(_first_line(path))
        elif data_format == LIBSVM:
            _check_libsvm(path)


def sniff_delimiter(line: str) -> str:
    """Raises UserError where none can be told."""
    try:
        delimiter = csv.Sniffer().sniff(line).delimiter
    except csv.Error as error:
        raise UserError(f"Could not determine delimiter on line {line[:50]}:\n{error}") from error
    logger.info("Determined delimiter of CSV input is '%s'", delimiter)
    return delimiter


def delimiter_of(files: list[Path]) -> str:
    """The delimiter of the first file. Spark's _SUCCESS markers are passed over: AWS may or may not
    trip over them.
    """
    data_files = [path for path in files if not path.name.startswith("_")]
    return sniff_delimiter(_first_line((data_files or files)[0]))


def warn_of_identical_files(train: Path, validation: Path) -> None:
    if not (train.is_dir() and validation.is_dir()):
        return
    for path in sorted(entry for entry in train.iterdir() if entry.is_file()):
        twin = validation / path.name
        if twin.is_file() and twin.stat().st_size == path.stat().st_size:
            logger.warning(
                "Suspected identical files found. (%s and %s with same size %d bytes). "
                "The validation score says little when the validation data were trained on.",
                path,
                twin,
                path.stat().st_size,
            )


def _files_checked(channel: Path) -> list[Path]:
    # Only the first folder without subfolders is looked at, a quirk of the container.
    for folder, subfolders, names in os.walk(channel):
        if not subfolders:
            return [Path(folder, name) for name in sorted(names) if not name.startswith((".", "_"))]
    return []


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="ignore") as file:
        return file.readline()


def _check_libsvm(path: Path) -> None:
    with path.open(encoding="utf-8", errors="ignore") as file:
        for line in file:
            features = _count_libsvm_features(line)
            if features is None:
                raise UserError(
                    f"First line '{line[:50]}...' of file '{path.name}' is not 'LIBSVM' format. "
                    "Please ensure the file is in 'LIBSVM' format."
                )
            if features > 1:
                return
    logger.warning(
        "File %s is not an invalid LIBSVM file but has no features. Accepting simple validation.",
        path.name,
    )


def _count_libsvm_features(line: str) -> int | None:
    """How many features the line has, or None where it is no `label[:weight] index:value ...`."""
    label, *features = line.split(" ")
    parts = label.split(":")
    if len(parts) > 2 or not all(_is_number(part) for part in parts):
        return None
    if any(":" not in feature for feature in features):
        return None
    return len(features)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
