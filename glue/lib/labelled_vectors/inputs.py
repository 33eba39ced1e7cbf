"""Which files are read, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from csv_etl.errors import InputError, listed
from csv_etl.fields import fields_of
from csv_etl.header import distinct_names
from csv_etl.storage import list_files, read_first_lines
from pyspark.sql import SparkSession

# Lines that are looked at to tell the format: comments and blank ones may come first.
LOOKED_AT = 50

NUMBER = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
DECIMAL_COMMA = re.compile(r"-?[0-9]+(,[0-9]+)?")
SEPARATORS = {";": ";", "\t": "tabs", "|": "|"}
PAIR = re.compile(r"[^\s:,]+:\S*")


@dataclass(frozen=True)
class Inputs:
    """Files of one format."""

    paths: list[str]
    format: str
    """libsvm or csv."""
    header: list[str] | None
    """Names of the columns, of CSV that has them in its first line."""
    header_lines: list[str]
    """Those first lines as they stand there, but for a byte order mark."""
    width: int
    """Columns of CSV, the label among them; 0 for libsvm."""
    label: int
    """Position of the label's column."""
    label_told: bool
    """Whether LABEL_COLUMN names it."""

    @property
    def label_name(self) -> str | None:
        """What the header calls the label; None without one."""
        return None if self.header is None else self.header[self.label]

    def described_label(self) -> str:
        """What is taken for the label, for the log."""
        if self.format == "libsvm":
            return "the first value of each row"
        if self.label_name is None:
            return "the first column"
        return f"column {self.label_name!r} ({'LABEL_COLUMN' if self.label_told else 'the first'})"


def find_inputs(spark: SparkSession, source: str, wanted: str, label_column: str) -> Inputs:
    """
    The files that `source` names: one, or all of a folder. `wanted` is libsvm, csv or auto: then
    the first row of each file tells. Raises InputError where files do not go together.
    """
    paths = list_files(spark, source)
    rows = [_first_row(spark, path, wanted) for path in paths]
    looks = [_look_at(row, path, wanted) for row, path in zip(rows, paths, strict=True)]
    first = looks[0]
    for path, look in zip(paths, looks, strict=True):
        if look != first:
            raise InputError(
                f"{path} is {_described(look)}, but {paths[0]} is {_described(first)}: "
                "upload files of one format, with the same columns in the same order."
            )
    form, header, width = first
    label = _position_of(label_column, form, header, paths[0])
    header_lines = [without_mark(row) for row in rows] if header else []
    return Inputs(paths, form, header, header_lines, width, label, bool(label_column))


Look = tuple[str, "list[str] | None", int]


def _first_row(spark: SparkSession, path: str, wanted: str) -> str:
    for line in read_first_lines(spark, path, LOOKED_AT):
        text = without_mark(line).strip()
        # a comment can open a file of libsvm; CSV knows none
        if text and (wanted == "csv" or not text.startswith("#")):
            return line
    raise InputError(
        f"{path} has no rows in its first {LOOKED_AT} lines. "
        "Write one row a line: a label and its features, as libsvm or CSV."
    )


def _look_at(line: str, path: str, wanted: str) -> Look:
    row = without_mark(line).strip()
    form = wanted
    if wanted == "auto":
        tokens = row.split()
        form = "libsvm" if len(tokens) > 1 and PAIR.fullmatch(tokens[1]) else "csv"
    if form == "libsvm":
        return form, None, 0
    fields = [field.strip() for field in fields_of(row)]
    separator = _other_separator(row, fields)
    if separator is not None:
        raise InputError(
            f"{path}: row {row[:60]!r} is separated by {separator}: write commas, "
            "and points in decimal numbers."
        )
    if len(fields) < 2:
        raise InputError(
            f"{path}: row {row[:60]!r} has no feature. Write CSV with a label and at least one "
            "feature, or libsvm: a label, then index:value for each feature that is not 0."
        )
    numbers = all(NUMBER.fullmatch(field) for field in fields if field)
    return form, None if numbers else distinct_names(row, path), len(fields)


def _other_separator(row: str, fields: list[str]) -> str | None:
    """What separates the columns instead of commas, for people; None where commas do."""
    for text, name in SEPARATORS.items():
        parts = [part.strip() for part in row.split(text)]
        decimal_commas = all(DECIMAL_COMMA.fullmatch(part) for part in parts)
        if len(parts) > 1 and (len(fields) < 2 or decimal_commas):
            return name
    words = row.split()
    spaces = len(words) > 1 and all(NUMBER.fullmatch(word) for word in words)
    return "spaces" if spaces else None


def without_mark(line: str) -> str:
    """Spreadsheets write a byte order mark before the first line."""
    return line.removeprefix("\ufeff")


def _described(look: Look) -> str:
    form, header, width = look
    if form == "libsvm":
        return form
    names = f": {listed(header)}" if header else " and no header"
    return f"csv of {width} columns{names}"


def _position_of(name: str, form: str, header: list[str] | None, path: str) -> int:
    if not name:
        return 0
    if form == "libsvm":
        raise InputError(
            f"argument LABEL_COLUMN is {name!r}, but {path} is libsvm, "
            "whose rows start with their label. Leave it out."
        )
    if header is None:
        raise InputError(
            f"argument LABEL_COLUMN is {name!r}, but {path} has no header. Add one as the first "
            "line, or put the label into the first column and leave the argument out."
        )
    if name not in header:
        raise InputError(
            f"argument LABEL_COLUMN names {name!r}, which is no column of {path}. "
            f"It has {listed(header)}."
        )
    return header.index(name)
