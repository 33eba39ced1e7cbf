"""What this library lacks."""

from __future__ import annotations

from collections.abc import Iterable


class NotSupported(NotImplementedError, AttributeError):
    """
    Of both kinds: an attribute that is missing to `hasattr`, and an explanation to a person.

    `there_is` are the names that could be meant instead.
    """

    def __init__(self, what: str, there_is: Iterable[str] = ()) -> None:
        names = ", ".join(sorted(there_is))
        super().__init__(
            f"{what} is not supported by the local cloud" + (f"; it has {names}" if names else "")
        )


def lacks(what: str, owner: object, name: str) -> NotSupported:
    """The error for an attribute `name` that `owner` (`what` in words) has not."""
    if name.startswith("_"):
        return NotSupported(f"{what}.{name}")
    return NotSupported(f"{what}.{name}", [n for n in dir(owner) if not n.startswith("_")])
