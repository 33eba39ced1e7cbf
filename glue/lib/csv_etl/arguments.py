"""Arguments of a job, optional ones too."""

from __future__ import annotations

from collections.abc import Sequence

from awsglue.utils import getResolvedOptions

from csv_etl.errors import InputError, listed
from csv_etl.fields import fields_of

# What every run of a pipeline passes, and what each script may be told through `etl.arguments`.
REQUIRED = ["S3_INPUT_FILE", "S3_TRAIN_KEY", "S3_VALIDATE_KEY"]
DEFAULTS = {"S3_TEST_KEY": "", "S3_REPORT_KEY": "", "MAX_DROPPED_ROWS": "0", "SEED": "42"}


def resolve_options(
    argv: list[str], defaults: dict[str, str], required: Sequence[str] = REQUIRED
) -> dict[str, str]:
    """
    Values of the required arguments and of those in `defaults`. Glue knows no optional arguments:
    it fails on one that is asked for and not there. So only those given are asked for.
    """
    given = [name for name in defaults if any(arg.split("=")[0] == f"--{name}" for arg in argv)]
    return defaults | getResolvedOptions(argv, [*required, *given])


def whole_number(options: dict[str, str], name: str, minimum: int | None) -> int:
    """The value of an argument that must be a whole number. Raises InputError."""
    try:
        number = int(options[name])
    except ValueError:
        number = None
    if number is None or (minimum is not None and number < minimum) or abs(number) >= 2**63:
        least = "" if minimum is None else f" from {minimum}"
        raise InputError(f"argument {name} is {options[name]!r}: write a whole number{least}.")
    return number


def one_of(options: dict[str, str], name: str, allowed: list[str]) -> str:
    """The value of an argument that has only some. Raises InputError."""
    if options[name] not in allowed:
        raise InputError(f"argument {name} is {options[name]!r}: write {' or '.join(allowed)}.")
    return options[name]


def column_names(options: dict[str, str], name: str, header: list[str]) -> list[str]:
    """
    The columns that an argument lists, separated by commas (quoted where a name has one). Raises
    InputError for one that the header has not.
    """
    names = [text.strip() for text in fields_of(options[name]) if text.strip()]
    for text in names:
        if text not in header:
            raise InputError(
                f"argument {name} names {text!r}, which is no column of the file. "
                f"It has {listed(header)}."
            )
    return names
