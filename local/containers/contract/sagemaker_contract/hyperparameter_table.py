"""The hyperparameters that a container knows, and reading a job's texts by them.

SageMaker hands each hyperparameter over as text. Every one that is given is honoured or refused:
one that the table does not have is an error, as in AWS's own containers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .errors import UserError

#: Added by tuning jobs: the metric that is tuned for. Every container accepts it.
TUNING_METRIC = "_tuning_objective_metric"


class Kind(Protocol):
    """What a hyperparameter's text can be."""

    def read(self, text: str) -> Any:
        """Raises ValueError where the text is no such value."""
        ...

    def rule(self) -> str:
        """Completes the sentence "it must be ..."."""
        ...


@dataclass(frozen=True)
class Integer:
    """An integer within bounds, or one of some words, as `auto`."""

    low: int | None = None
    high: int | None = None
    words: tuple[str, ...] = ()

    def read(self, text: str) -> int | str:
        if text in self.words:
            return text
        return _within(int(text), self.low, self.high)

    def rule(self) -> str:
        return _rule("an integer", self.low, self.high, self.words)


@dataclass(frozen=True)
class Real:
    """A finite number within bounds, or one of some words."""

    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()
    #: Bounds that the number itself may not be.
    above: float | None = None
    below: float | None = None

    def read(self, text: str) -> float | str:
        if text in self.words:
            return text
        value = float(text)
        if not math.isfinite(value):
            raise ValueError(text)
        if (self.above is not None and value <= self.above) or (
            self.below is not None and value >= self.below
        ):
            raise ValueError(text)
        return _within(value, self.low, self.high)

    def rule(self) -> str:
        what = "a number" if self.above is None else f"a number above {self.above}"
        if self.below is not None:
            what += f" and below {self.below}" if self.above is not None else f" below {self.below}"
        return _rule(what, self.low, self.high, self.words)


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.words:
            raise ValueError(text)
        return text

    def rule(self) -> str:
        return f"one of {', '.join(self.words)}"


@dataclass(frozen=True)
class IntegerChoice:
    """One of some integers."""

    values: tuple[int, ...]

    def read(self, text: str) -> int:
        value = int(text)
        if value not in self.values:
            raise ValueError(text)
        return value

    def rule(self) -> str:
        return f"one of {', '.join(str(value) for value in self.values)}"


@dataclass(frozen=True)
class Boolean:
    """`true` or `false`; SDKs for Python also send `True` and `False`."""

    def read(self, text: str) -> bool:
        if text.lower() not in ("true", "false"):
            raise ValueError(text)
        return text.lower() == "true"

    def rule(self) -> str:
        return "true or false"


@dataclass(frozen=True)
class JsonList:
    """A JSON list of some words, each at most once."""

    words: tuple[str, ...]

    def read(self, text: str) -> list[str]:
        value = json.loads(text)
        if (
            not isinstance(value, list)
            or not value
            or any(item not in self.words for item in value)
            or len(set(value)) < len(value)
        ):
            raise ValueError(text)
        return value

    def rule(self) -> str:
        return f"a JSON list of {', '.join(self.words)}, as {json.dumps(list(self.words))}"


@dataclass(frozen=True)
class Hyperparameter:
    name: str
    kind: Kind
    #: Text as a job would give it; None where there is none.
    default: str | None = None
    required: bool = False


def read_hyperparameters(
    table: Sequence[Hyperparameter], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Values by name, of all that the table has: given, default or None.

    Raises UserError that tells every mistake at once.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for hyperparameter in table:
        name, kind = hyperparameter.name, hyperparameter.kind
        text = given.get(name, hyperparameter.default)
        if text is None:
            values[name] = None
            if hyperparameter.required:
                problems.append(f"{name} is missing: it must be given, as {kind.rule()}")
            continue
        try:
            values[name] = kind.read(str(text).strip())
        except ValueError:
            problems.append(f"{name}: got {text!r}; it must be {kind.rule()}")
    known = [hyperparameter.name for hyperparameter in table]
    problems += [
        f"{name}: there is no such hyperparameter; there are {', '.join(known)}"
        for name in sorted(set(given) - {*known, TUNING_METRIC})
    ]
    if problems:
        raise UserError("Hyperparameters cannot be used. " + ". ".join(problems) + ".")
    return values


def _within(value: Any, low: float | None, high: float | None) -> Any:
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(value)
    return value


def _rule(what: str, low: float | None, high: float | None, words: tuple[str, ...]) -> str:
    bounds = "" if low is None else f" from {low}" if high is None else f" from {low} to {high}"
    return " or ".join([what + bounds, *words])
