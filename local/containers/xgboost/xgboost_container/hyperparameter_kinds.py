"""What a hyperparameter's text can be: how it is read and which values it may take.

Messages, parsing and the order of checks are the container's.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from sagemaker_contract.errors import AlgorithmError, UserError

#: Checks a value beside the values of other hyperparameters that were given. Raises UserError.
DependencyCheck = Callable[[Any, dict[str, Any]], None]


@dataclass(frozen=True)
class Interval:
    """Numbers between two bounds; None is no bound. NaN is in every interval, as on AWS."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Any) -> bool:
        too_low = self.low is not None and (
            value <= self.low if self.low_open else value < self.low
        )
        too_high = self.high is not None and (
            value >= self.high if self.high_open else value > self.high
        )
        return not (too_low or too_high)

    def __str__(self) -> str:
        left = "(-inf" if self.low is None else f"{'(' if self.low_open else '['}{self.low}"
        right = "+inf)" if self.high is None else f"{self.high}{')' if self.high_open else ']'}"
        return f"{left}, {right}"


@dataclass(frozen=True)
class Hyperparameter:
    name: str
    parse: Callable[[Any], Any]
    allowed: Container[Any]
    #: Items of a parsed value that are each looked up in `allowed`; None where the value itself is.
    items: Callable[[Any], Any] | None = None
    depends_on: tuple[str, ...] = ()
    check: DependencyCheck | None = None

    def read(self, value: Any) -> Any:
        try:
            return self.parse(value)
        except ValueError as error:
            raise UserError(
                f"Hyperparameter {self.name}: could not parse value", caused_by=error
            ) from error

    def require_allowed(self, value: Any) -> None:
        try:
            if self.items is None:
                if value not in self.allowed:
                    raise UserError(f"Hyperparameter {self.name}: {value} is not in {self.allowed}")
            elif any(item not in self.allowed for item in self.items(value)):
                raise UserError(
                    f"Hyperparameter {self.name}: value {value} not in range {self.allowed}"
                )
        except UserError:
            raise
        except Exception as error:
            text = f"Hyperparameter {self.name}: unexpected failure when validating {value}"
            raise AlgorithmError(text, caused_by=error) from error


def integer(name: str, allowed: Interval) -> Hyperparameter:
    return Hyperparameter(name, int, allowed)


def real(name: str, allowed: Interval) -> Hyperparameter:
    return Hyperparameter(name, float, allowed)


def choice(
    name: str, *values: str, depends_on: tuple[str, ...] = (), check: DependencyCheck | None = None
) -> Hyperparameter:
    return Hyperparameter(
        name, lambda value: value, list(values), depends_on=depends_on, check=check
    )


def comma_list(
    name: str, allowed: Container[str], depends_on: tuple[str, ...], check: DependencyCheck
) -> Hyperparameter:
    return Hyperparameter(
        name, lambda value: value.split(","), allowed, lambda value: value, depends_on, check
    )


def constraint_tuple(
    name: str, allowed: list[int], depends_on: tuple[str, ...], check: DependencyCheck
) -> Hyperparameter:
    return Hyperparameter(name, _literal, allowed, lambda value: value, depends_on, check)


def nested_list(
    name: str, allowed: Interval, depends_on: tuple[str, ...], check: DependencyCheck
) -> Hyperparameter:
    def flatten(value: Any) -> list[Any]:
        return [item for inner in value for item in inner]

    return Hyperparameter(name, _literal, allowed, flatten, depends_on, check)


def _literal(value: Any) -> Any:
    # A syntax error is not caught by `read`: on AWS it ends the job with Python's own message.
    return (
        ast.literal_eval(ast.parse(value, "<string>", mode="eval"))
        if isinstance(value, str)
        else value
    )
