"""At the concurrency limit an invocation waits for its turn.

The limit here is what a laptop's memory bears, not an account's thousand: a throttle would be an
error that AWS does not give. A function's own reserved concurrency throttles as on AWS.

Turns come in the order of arrival: of hundreds of executions that look again and again whether
their time has come, none may keep the one that all wait for from its next step.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc

from launcher.patching import require, wrap

# A function that invokes itself may wait for a turn that its own caller holds: then it is throttled
# after all.
LONGEST_WAIT_SECONDS = 120

Acquire = Callable[[dict[str, Any], dict[str, Any]], tuple[Any, Any]]


class Line:
    """Those who wait, first come, first served."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._waiting: deque[threading.Condition] = deque()

    def wait_for_slot(
        self, acquire: Acquire, func: dict[str, Any], config: dict[str, Any]
    ) -> tuple[Any, Any]:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        with self.lock:
            mine = threading.Condition(self.lock)
            self._waiting.append(mine)
            try:
                while True:
                    remaining = deadline - time.monotonic()
                    if self._waiting[0] is mine or remaining <= 0:
                        slot, limit = acquire(func, config)
                        if slot is not None or limit != "account" or remaining <= 0:
                            return slot, limit
                    mine.wait(remaining)
            finally:
                self._waiting.remove(mine)
                self.call_first()  # There may be more than one place.

    def call_first(self) -> None:
        with self.lock:
            if self._waiting:
                self._waiting[0].notify()


def install() -> None:
    require(
        isinstance(lambda_svc._ACCOUNT_CONCURRENCY_CAP, int),
        "lambda_svc._ACCOUNT_CONCURRENCY_CAP is missing",
    )
    line = Line()
    wrap(lambda_svc, "_acquire_execution_slot", "func config", lambda a: _waiting(a, line))
    wrap(lambda_svc, "_release_execution_slot", "key", lambda r: _calling(r, line))


def _waiting(acquire: Acquire, line: Line) -> Acquire:
    return lambda func, config: line.wait_for_slot(acquire, func, config)


def _calling(release: Any, line: Line) -> Any:
    def release_execution_slot(key: Any) -> None:
        release(key)
        line.call_first()

    return release_execution_slot
