"""What the process that started the launcher says on standard input, and what its end means.

A line is a command: `resume`, once all that executions call answers, and `halt`, before that ends.
The input closes when the parent dies, even by SIGKILL.
"""

import os
import signal
import threading
from collections.abc import Callable

from launcher import halting

_resume: list[Callable[[], None]] = []


def on_resume(act: Callable[[], None]) -> None:
    _resume.append(act)


def exit_with_parent() -> None:
    """SIGTERM rather than an exit, so that state is saved as in an ordinary stop."""

    def watch() -> None:
        with os.fdopen(0, "rb", buffering=0, closefd=False) as commands:
            for line in commands:
                _obey(line.strip())
        halting.begin()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


def _obey(command: bytes) -> None:
    if command == b"resume":
        for act in _resume:
            act()
    elif command == b"halt":
        halting.begin()
