"""Before the end, executions and asynchronous invocations stand still where they are.

The services that they call end first: what fails for that is no outcome. All of it goes on after
the next start.
"""

import threading

_begun = threading.Event()


def begin() -> None:
    _begun.set()


def has_begun() -> bool:
    return _begun.is_set()
