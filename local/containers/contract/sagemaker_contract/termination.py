"""What a stopped job leaves behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any


def end_well_on_termination(leave: Callable[[], None]) -> None:
    """From now on SIGTERM calls `leave` and ends the process with status 0.

    `leave` runs inside the signal handler, between any two steps of the algorithm: what it needs
    must be whole at every moment. Without this call SIGTERM ends the process at once.
    """

    def end(signum: int, frame: Any) -> None:
        leave()
        # No exception, it would have to find its way through the libraries' callbacks; no flush,
        # the signal may have come in the middle of one: each line was flushed when it was written.
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
