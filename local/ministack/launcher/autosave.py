"""State on disk never lags far behind: ministack by itself writes it at an orderly end only."""

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from ministack import app
from ministack.core import persistence

from launcher.patching import require, wrap

logger = logging.getLogger("launcher.autosave")

# Copies are taken while requests go on; one that met a change in the middle is taken again.
ATTEMPTS = 5


class Autosave:
    """Writes each service whose state changed; save_state replaces the file in one step."""

    def __init__(self) -> None:
        self._written: dict[str, bytes] = {}

    def save_changes(self) -> None:
        for service, get_state in app._build_persistence_save_dict().items():
            state = _copy(service, get_state)
            if state is None:
                continue
            text = json.dumps(state, default=persistence._json_default)
            digest = hashlib.sha256(text.encode()).digest()
            if self._written.get(service) != digest:
                persistence.save_state(service, state)
                self._written[service] = digest


def install(interval_seconds: float) -> None:
    require(
        callable(getattr(app, "_build_persistence_save_dict", None)),
        "app._build_persistence_save_dict is missing",
    )
    require(
        callable(getattr(persistence, "_json_default", None)),
        "persistence._json_default is missing",
    )
    wrap(persistence, "save_state", "service data", _one_at_a_time)
    if not persistence.PERSIST_STATE:
        return
    autosave = Autosave()
    never = threading.Event()

    def run() -> None:
        while not never.wait(interval_seconds):
            try:
                autosave.save_changes()
            except (
                Exception
            ):  # The next round may succeed; without the thread nothing would be saved any more.
                logger.exception("state was not saved")

    threading.Thread(target=run, daemon=True, name="autosave").start()


def _one_at_a_time(save: Callable[..., None]) -> Callable[..., None]:
    """This thread and the end of the process would share a service's temporary file."""
    lock = threading.Lock()

    def save_state(service: str, data: Any) -> None:
        with lock:
            save(service, data)

    return save_state


def _copy(service: str, get_state: Callable[[], Any]) -> Any:
    for attempt in range(ATTEMPTS):
        try:
            return get_state()
        except RuntimeError:  # "dictionary changed size during iteration"
            if attempt == ATTEMPTS - 1:
                logger.warning("%s changes too fast to be saved now", service)
    return None
