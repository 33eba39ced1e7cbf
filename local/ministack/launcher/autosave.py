"""State on disk never lags far behind: ministack by itself writes it at an orderly end only."""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack import app
from ministack.core import persistence

from launcher.patching import require, wrap

logger = logging.getLogger("launcher.autosave")

# Copies are taken while requests go on; one that met a change in the middle is taken again.
ATTEMPTS = 5

# A service's state is not copied again for so many times what the last copy took: log lines of
# hundreds of runs take seconds, in which nothing else goes on. They lag behind then.
REST = 20


class ServiceFile:
    """State of one service on disk: replaced in one step, and never by an older one."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._digest = b""
        self._asked = 0
        self._saved = 0
        self._asking = threading.Lock()
        self._saving = threading.Lock()

    def save(self, get_state: Callable[[], Any]) -> None:
        """Returns once what was there at the call is on disk; calls at a time share one save."""
        with self._asking:
            self._asked += 1
            own = self._asked
        with self._saving:
            if self._saved >= own:
                return
            with self._asking:
                target = self._asked
            state = _copy(self._service, get_state)
            if state is None:
                return
            text = json.dumps(state, default=persistence._json_default)
            digest = hashlib.sha256(text.encode()).digest()
            if self._digest != digest:
                persistence.save_state(self._service, state)
                self._digest = digest
            self._saved = target


_files: dict[str, ServiceFile] = {}


def save(service: str) -> None:
    """Returns once the service's state is on disk."""
    get_state = app._build_persistence_save_dict().get(service)
    if get_state is not None and persistence.PERSIST_STATE:
        _files.setdefault(service, ServiceFile(service)).save(get_state)


def install(interval_seconds: float) -> None:
    require(
        callable(getattr(app, "_build_persistence_save_dict", None)),
        "app._build_persistence_save_dict is missing",
    )
    require(
        callable(getattr(persistence, "_json_default", None)),
        "persistence._json_default is missing",
    )
    wrap(app, "save_all", "services", lambda _: _save_all)
    if not persistence.PERSIST_STATE:
        return
    never = threading.Event()

    rested_at: dict[str, float] = {}

    def run() -> None:
        while not never.wait(interval_seconds):
            for service in app._build_persistence_save_dict():
                begun = time.monotonic()
                if begun >= rested_at.get(service, begun):
                    _try_to_save(service)
                    ended = time.monotonic()
                    rested_at[service] = ended + REST * (ended - begun)

    threading.Thread(target=run, daemon=True, name="autosave").start()


def _save_all(services: dict[str, Callable[[], Any]]) -> None:
    for service in services:
        _try_to_save(service)


def _try_to_save(service: str) -> None:
    try:
        save(service)
    except Exception:  # The next round may succeed; without the others they would be lost too.
        logger.exception("%s was not saved", service)


def _copy(service: str, get_state: Callable[[], Any]) -> Any:
    for attempt in range(ATTEMPTS):
        try:
            return get_state()
        except RuntimeError:  # "dictionary changed size during iteration"
            if attempt == ATTEMPTS - 1:
                logger.warning("%s changes too fast to be saved now", service)
    return None
