"""Ends the launcher when the process that started it is gone."""

import os
import signal
import threading


def exit_with_parent() -> None:
    """Watches standard input: it closes when the parent dies, even by SIGKILL.

    SIGTERM rather than an exit, so that state is saved as in an ordinary stop.
    """

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()
