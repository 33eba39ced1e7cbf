"""CSV without a header, numbers only: labels first in training data, features alone in requests."""

import io
from pathlib import Path

import numpy as np


class DataError(Exception):
    """Data that cannot be used; the message says which, and why."""


def read_channel(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Features (rows x features) and labels (rows) of all files below a channel's folder.

    Raises DataError without rows, with rows of unequal length or with what is no number.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    tables = [parse(path.read_text(), path.name) for path in files if path.stat().st_size > 0]
    if not tables:
        raise DataError(f"channel {folder.name} has no rows: is it among the job's channels?")
    widths = {table.shape[1] for table in tables}
    if len(widths) > 1:
        raise DataError(f"channel {folder.name} has files of {sorted(widths)} columns")
    rows = np.vstack(tables)
    if rows.shape[1] < 2:
        raise DataError(f"channel {folder.name} has one column: a label and no features")
    return rows[:, 1:], rows[:, 0]


def parse(text: str, source: str) -> np.ndarray:
    """Rows x columns of `text`; `source` names it in errors. Raises DataError."""
    try:
        rows = np.loadtxt(io.StringIO(text), delimiter=",", ndmin=2)
    except ValueError as error:
        raise DataError(f"{source} is not CSV of numbers without a header: {error}") from error
    if rows.size == 0:
        raise DataError(f"{source} has no rows")
    return rows
