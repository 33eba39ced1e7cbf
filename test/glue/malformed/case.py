from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """A file, and what is to come of it."""

    name: str
    content: bytes
    expected: str | int
    """Part of the error's message, after the file's path; a number where the file is good after
    all: that many rows are used."""
    options: dict[str, str] = field(default_factory=dict)
    """Arguments of the script, beside those that every run passes."""


@dataclass(frozen=True)
class BadRow:
    """A row that does not fit, and what is to be said of it after `row 22`."""

    name: str
    row: str | bytes
    expected: str


@dataclass(frozen=True)
class BadRows:
    """Rows that do not fit, below `above`, which do. In one file: each is told by its number."""

    name: str
    above: bytes
    rows: list[BadRow]
    options: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        rows = (row.row if isinstance(row.row, bytes) else row.row.encode() for row in self.rows)
        return self.above + b"".join(row + b"\n" for row in rows)

    @property
    def first(self) -> int:
        """Number of the first of them."""
        return self.above.count(b"\n") + 1


def text(lines: list[str], end: str = "\n") -> bytes:
    return "".join(line + end for line in lines).encode()
