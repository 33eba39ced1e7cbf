"""Header values such as `text/csv; label_size=0`."""

from __future__ import annotations


def split_header(value: str) -> tuple[str, dict[str, str]]:
    """A header's value without its parameters, and those, all in lower case."""
    first, *rest = value.lower().split(";")
    pairs = (part.partition("=") for part in rest if "=" in part)
    return first.strip(), {name.strip(): text.strip().strip('"') for name, _, text in pairs}
