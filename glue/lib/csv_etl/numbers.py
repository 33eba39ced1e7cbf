"""What counts as a number in a file."""

from __future__ import annotations

# Decimal digits, as every algorithm's reader takes them. A cast would take more: 1f, NaN, Infinity.
NUMBER_PATTERN = r"^-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$"


def is_number_sql(text: str) -> str:
    """SQL: whether a text is a finite number; null where the text is."""
    return f"({text} RLIKE '{NUMBER_PATTERN}' AND abs(double({text})) < double('Infinity'))"
