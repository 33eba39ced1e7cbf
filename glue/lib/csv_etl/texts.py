"""Texts of a file that go on as they are, into reports and mappings."""

from __future__ import annotations

from collections.abc import Iterable

from csv_etl.errors import InputError, shortened

MOST_CHARACTERS = 1000

# What Spark gives to Python where bytes are no UTF-8: different ones would become one text.
REPLACEMENT = "\ufffd"


def check_texts(texts: Iterable[str], column: str, source: str) -> None:
    """Raises InputError over a text that is not UTF-8, or too long for a name of anything."""
    for text in texts:
        if REPLACEMENT in text:
            raise InputError(
                f"{source}: column {shortened(column)!r} has texts that are not UTF-8, such as "
                f"{shortened(text)!r}: Latin-1 and Windows code pages write letters otherwise. "
                "Save the file as UTF-8."
            )
        if len(text) > MOST_CHARACTERS:
            raise InputError(
                f"{source}: column {shortened(column)!r} has a text of {len(text)} characters "
                f"({shortened(text)!r}), more than the {MOST_CHARACTERS} that a name of something "
                "may have. Look for a quote that is not closed, or shorten it."
            )
