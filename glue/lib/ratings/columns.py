"""Where a rating file has what, by the names in its header."""

from __future__ import annotations

from dataclasses import dataclass

from csv_etl.errors import BadRow, InputError, listed, wrong_width

ARGUMENTS = {"user": "USER_COLUMN", "item": "ITEM_COLUMN", "rating": "RATING_COLUMN"}


@dataclass(frozen=True)
class RatingColumns:
    """Positions in a row of `header`; other columns are not used, and not checked."""

    header: list[str]
    user: int
    item: int
    rating: int

    @property
    def fields(self) -> list[str]:
        """Names for data frames, which need no quoting in SQL."""
        return [f"f{i}" for i in range(len(self.header))]

    def bad_row(self, row: int, problem: int, line: str, value: str | None) -> BadRow:
        """`problem` is a position, or -1 for a wrong number of columns."""
        if problem < 0:
            return wrong_width(row, line, len(self.header))
        what = "a number, such as 3.5" if problem == self.rating else "an id"
        remedy = f"write {what}" if value else f"it is empty: write {what}"
        return BadRow(row, self.header[problem], value or "", remedy)


def find_columns(header: list[str], options: dict[str, str], source: str) -> RatingColumns:
    """Raises InputError when a column is missing, or is to be two things."""
    positions = {}
    for what, argument in ARGUMENTS.items():
        name = options[argument]
        if name not in header:
            raise InputError(
                f"{source} has no column {name!r} for the {what}; its header (row 1) is "
                f"{listed(header, ',')}. Name the column with argument {argument} "
                "(etl.arguments in the stack's config)."
            )
        positions[what] = header.index(name)
    if len(set(positions.values())) < len(positions):
        names = ", ".join(f"{argument} {options[argument]!r}" for argument in ARGUMENTS.values())
        raise InputError(f"{names}: one column cannot be two of these. Name three columns.")
    return RatingColumns(header, **positions)
