"""What the transforms have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awsglue.not_supported import NotSupported


class GlueTransform:
    """`apply` makes one and calls it."""

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        return cls()(*args, **kwargs)

    @classmethod
    def name(cls) -> str:
        return cls.__name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"{self.name()} does not define __call__")


class Lacking:
    """Stands for a transform that Glue has and this library has not; any use of it says so."""

    def __init__(self, name: str, there_is: Sequence[str]) -> None:
        self._error = NotSupported(f"awsglue.transforms.{name}", there_is)

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise self._error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._error
