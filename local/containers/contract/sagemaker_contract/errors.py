"""Errors of a training job, by whose fault they are. Their texts reach the user in the failure
file.
"""

from __future__ import annotations


class TrainingError(Exception):
    def __init__(self, message: str, caused_by: Exception | None = None) -> None:
        suffix = "" if caused_by is None else f" (caused by {type(caused_by).__name__})"
        super().__init__(f"{message}{suffix}")


class UserError(TrainingError):
    """The job's configuration or data cannot be used: the user can mend it."""


class AlgorithmError(TrainingError):
    """Something failed that the user's input alone does not explain."""


class UnsupportedOnLaptopError(TrainingError):
    """AWS's container can do it, this one cannot."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} is not supported by the local container. {remedy}")
