"""Replacing parts of ministack, so that it fails at start, by name, where they are not as known."""

import inspect
from collections.abc import Callable
from importlib import metadata
from types import ModuleType
from typing import Any


class IncompatibleMinistackError(RuntimeError):
    """ministack is not as the launcher knows it."""


def require(condition: object, what: str) -> None:
    if not condition:
        raise IncompatibleMinistackError(f"ministack is not as the launcher expects it: {what}")


def require_version(expected: str) -> None:
    actual = metadata.version("ministack")
    require(actual == expected, f"version {actual} instead of {expected}")


def wrap(
    owner: ModuleType | type,
    name: str,
    parameters: str,
    wrapper: Callable[[Callable[..., Any]], Callable[..., Any]],
) -> None:
    """Replaces the function `name` of a module or class by `wrapper(original)`.

    `parameters` are the names of the original's parameters, separated by spaces.
    """
    where = f"{owner.__name__}.{name}"
    original = getattr(owner, name, None)
    require(callable(original), f"{where} is missing")
    actual = " ".join(inspect.signature(original).parameters)
    require(actual == parameters, f"{where} takes ({actual}) instead of ({parameters})")
    setattr(owner, name, wrapper(original))


def replace_text(text: str, old: str, new: str) -> str:
    """Changes the one place of a script where `old` stands."""
    require(text.count(old) == 1, f"{text.count(old)} places instead of one read {old!r}")
    return text.replace(old, new)
