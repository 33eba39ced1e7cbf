"""Checks the first line of the input before Spark sees the file."""

from __future__ import annotations

from csv_etl.errors import InputError, listed, shortened
from csv_etl.header import header_names

from churn.schema import INPUT_COLUMNS

EXPECTED = [column.header for column in INPUT_COLUMNS]


def check_header(line: str | None, source: str) -> None:
    """
    Raises InputError unless `line`, the first of the file (None: there is none), is the header, in
    its order.
    """
    names = header_names(line)
    if names is None:
        raise InputError(f"{source} is empty: it needs the header line and one line per customer.")
    if names == EXPECTED:
        return
    if len(names) == len(EXPECTED) and names[-1] in INPUT_COLUMNS[-1].values:
        shown = shortened(line or "")
        raise _wrong(
            source, f"row 1 is data ({shown}), not the header. Put the header line before it."
        )
    missing = [name for name in EXPECTED if name not in names]
    unknown = [name for name in names if name not in EXPECTED]
    if missing or unknown:
        parts = [
            f"{what} {listed(names)}"
            for what, names in (("lacks column", missing), ("has unknown column", unknown))
            if names
        ]
        raise _wrong(source, f"the header (row 1) {' and '.join(parts)}.")
    if len(names) > len(EXPECTED):
        repeated = sorted({name for name in names if names.count(name) > 1})
        raise _wrong(source, f"the header (row 1) names {listed(repeated)} more than once.")
    position = next(i for i, name in enumerate(names) if name != EXPECTED[i])
    raise _wrong(
        source,
        f"the header (row 1) has {shortened(names[position])!r} as column {position + 1}, "
        f"where {EXPECTED[position]!r} belongs: the order is fixed.",
    )


def _wrong(source: str, what: str) -> InputError:
    return InputError(f"{source}: {what} Expected: {','.join(EXPECTED)}")
