"""Asynchronous invocations that were accepted and have not ended, each in a file of its own.

A caller that was told that its event is accepted can rely on it, also when the launcher is killed
right after.
"""

import contextvars
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ministack.core.responses import (
    get_account_id,
    get_region,
    set_request_account_id,
    set_request_region,
)
from ministack.services import lambda_svc

from launcher.atomic_file import write_atomically
from launcher.invocation import Invocation

logger = logging.getLogger("launcher.waiting_invocations")


class WaitingInvocations:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, invocation: Invocation) -> None:
        """What it is, and how often it was tried."""
        config = invocation.config
        version = config.get("Version", "$LATEST")
        arn = config["FunctionArn"].removesuffix(f":{version}")
        record: dict[str, Any] = {
            "function": arn if version == "$LATEST" else f"{arn}:{version}",
            "scope": invocation.scope.copy().run(_scope),
            "event": invocation.event,
            "requestId": invocation.request_id,
            "acceptedAt": invocation.accepted_at,
            "attempts": invocation.attempts,
        }
        write_atomically(self._path(invocation.request_id), json.dumps(record))

    def drop(self, invocation: Invocation) -> None:
        self._path(invocation.request_id).unlink(missing_ok=True)

    def left(self) -> list[Invocation]:
        """What an earlier launcher had accepted and not ended, in the order of its acceptance."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return sorted(self._read(), key=lambda invocation: invocation.accepted_at)

    def _read(self) -> Iterator[Invocation]:
        for path in self._folder.glob("*.json"):
            record = json.loads(path.read_text())
            scope = contextvars.copy_context()
            scope.run(_enter, *record["scope"])
            function, config, name = scope.run(
                lambda_svc._get_func_record_for_ref, record["function"]
            )
            if not function or not config:
                logger.warning("an event for %s is dropped: the function is gone", name)
                path.unlink()
                continue
            yield Invocation(
                lambda_svc._execution_record_for_config(function, config),
                record["event"],
                scope,
                record["requestId"],
                record["acceptedAt"],
                record["attempts"],
            )

    def _path(self, request_id: str) -> Path:
        return self._folder / f"{request_id}.json"


def _scope() -> list[str]:
    return [get_account_id(), get_region()]


def _enter(account: str, region: str) -> None:
    set_request_account_id(account)
    set_request_region(region)
