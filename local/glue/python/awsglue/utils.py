"""Arguments of a job."""

from __future__ import annotations

import argparse

# Glue passes these itself and refuses scripts that ask for them.
RESERVED = [
    "job-bookmark-option",
    "job-bookmark-from",
    "job-bookmark-to",
    "continuation-option",
    "JOB_ID",
    "JOB_RUN_ID",
    "SECURITY_CONFIGURATION",
    "encryption-type",
]


class GlueArgumentError(Exception):
    """An argument that the script asks for was not given."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise GlueArgumentError(message)


def getResolvedOptions(args: list[str], options: list[str]) -> dict[str, str]:  # noqa: N802 (AWS's name)
    """
    The values of `options` out of `args`, usually `sys.argv`, with those that Glue adds itself.

    Raises GlueArgumentError when one is missing (there are no optional ones) and RuntimeError when
    one is reserved. As in Glue, an unambiguous beginning of a name stands for the name, and dashes
    become underscores in the result.
    """
    for option in options:
        if option in RESERVED:
            raise RuntimeError(f"Using reserved arguments {option}")
    parser = _Parser(add_help=False)
    for option in RESERVED:
        parser.add_argument(f"--{option}")
    for option in ("RedshiftTempDir", "TempDir"):
        parser.add_argument(f"--{option}")
    for option in options:
        if option not in ("RedshiftTempDir", "TempDir"):
            parser.add_argument(f"--{option}", required=True)
    parser.set_defaults(job_bookmark_option="job-bookmark-disable")
    parsed, _ = parser.parse_known_args(args[1:])
    return vars(parsed)
