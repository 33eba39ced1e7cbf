"""Fields of one line of CSV, in Python: for headers, and for lines that Spark could not read."""

from __future__ import annotations

import csv

# Else the reader refuses fields of more than 128 KiB with an error of its own.
csv.field_size_limit(2**31 - 1)


def fields_of(line: str) -> list[str]:
    """None of an empty line. A quote that is never closed reaches to the end."""
    # Before Python 3.11 the reader refused zero bytes; no field is told from another by them.
    return next(csv.reader([line.replace("\x00", " ")]), [])
