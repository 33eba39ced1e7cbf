"""Which columns of a file are used, and for what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from csv_etl.arguments import column_names
from csv_etl.errors import InputError, listed


@dataclass(frozen=True)
class Layout:
    """Positions in a row of `header`; columns that are neither label nor features are dropped."""

    header: list[str]
    label: int | None
    features: list[int]
    texts: frozenset[int]
    """Those that hold texts whatever they look like: area codes, for one."""

    @property
    def used(self) -> list[int]:
        """Label and features, in the order of the file."""
        return sorted(self.features + ([] if self.label is None else [self.label]))

    @property
    def fields(self) -> list[str]:
        """Names for data frames, which need no quoting in SQL."""
        return [f"f{i}" for i in range(len(self.header))]


def lay_out(header: list[str], options: dict[str, str], source: str) -> Layout:
    """Raises InputError when the arguments and the header do not go together."""
    if all(re.fullmatch(r"-?[0-9.]+", name) for name in header):
        raise InputError(
            f"{source}: row 1 has numbers only ({listed(header[:5])}): it is data, not the "
            "header. Put a line of column names before it."
        )
    labels = column_names(options, "LABEL_COLUMN", header)
    if len(labels) > 1:
        raise InputError(f"argument LABEL_COLUMN names {len(labels)} columns: name one, or none.")
    dropped = column_names(options, "DROP_COLUMNS", header)
    texts = column_names(options, "TEXT_COLUMNS", header)
    if set(labels) & set(dropped):
        raise InputError(
            f"{labels[0]!r} is both LABEL_COLUMN and in DROP_COLUMNS: take it out of one of them."
        )
    features = [i for i, name in enumerate(header) if name not in {*labels, *dropped}]
    if not features:
        raise InputError(f"{source}: no column is left for features. Drop fewer (DROP_COLUMNS).")
    return Layout(
        header,
        header.index(labels[0]) if labels else None,
        features,
        frozenset(map(header.index, texts)),
    )
