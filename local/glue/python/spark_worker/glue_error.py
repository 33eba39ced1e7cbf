"""A script's failure in the words of a job run's ErrorMessage."""

from __future__ import annotations

import traceback
from types import TracebackType

from py4j.protocol import Py4JJavaError

# Categories of AWS Glue's error classification, by the exception they are told by. Subclasses come
# first.
CATEGORIES: list[tuple[str, str]] = [
    ("ImportError", "IMPORT_ERROR"),
    ("SyntaxError", "SYNTAX_ERROR"),
    ("GlueArgumentError", "INVALID_ARGUMENT_ERROR"),
    ("IllegalArgumentException", "INVALID_ARGUMENT_ERROR"),
    ("AnalysisException", "QUERY_ERROR"),
    ("ParseException", "QUERY_ERROR"),
    ("FileNotFoundError", "RESOURCE_NOT_FOUND_ERROR"),
    ("PermissionError", "PERMISSION_ERROR"),
    ("MemoryError", "OUT_OF_MEMORY_ERROR"),
    ("NotImplementedError", "UNSUPPORTED_OPERATION_ERROR"),
    ("SystemExit", "SYSTEM_EXIT_ERROR"),
]


def error_message(error: BaseException, script: str) -> str:
    """
    `Error Category: <category>; Failed Line Number: <line of the script>; <exception>: <message>`.
    """
    line = _line_in_script(error.__traceback__, script)
    parts = [f"Error Category: {_category(error)}"]
    if line is not None:
        parts.append(f"Failed Line Number: {line}")
    parts.append(_described(error))
    return "; ".join(parts)


def _category(error: BaseException) -> str:
    names = {base.__name__ for base in type(error).__mro__}
    if isinstance(error, Py4JJavaError) and "java.lang.OutOfMemoryError" in str(
        error.java_exception
    ):
        return "OUT_OF_MEMORY_ERROR"
    return next((category for name, category in CATEGORIES if name in names), "UNCLASSIFIED_ERROR")


def _described(error: BaseException) -> str:
    if isinstance(error, Py4JJavaError):
        cause = error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        return f"{error.errmsg.rstrip(': ')} {cause.toString()}".replace("\n", " ")
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} ({error.filename}, line {error.lineno})"
    return (
        traceback.format_exception_only(type(error), error)[-1]
        .strip()
        .removeprefix(f"{type(error).__module__}.")
    )


def _line_in_script(trace: TracebackType | None, script: str) -> int | None:
    lines = [frame.lineno for frame in traceback.extract_tb(trace) if frame.filename == script]
    return lines[-1] if lines else None
