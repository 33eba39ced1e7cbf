"""What this library lacks."""

from __future__ import annotations


class NotSupported(NotImplementedError, AttributeError):
    """Of both kinds: an attribute that is missing to `hasattr`, and an explanation to a person."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not supported by the local cloud")
