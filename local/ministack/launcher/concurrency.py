"""At the concurrency limit an invocation waits for its turn.

The limit here is what a laptop's memory bears, not an account's thousand: a throttle would be an
error that AWS does not give. A function's own reserved concurrency throttles as on AWS.
"""

import threading
import time
from typing import Any

from ministack.services import lambda_svc

from launcher.patching import require, wrap

# A function that invokes itself may wait for a turn that its own caller holds: then it is throttled
# after all.
LONGEST_WAIT_SECONDS = 120

_turn = threading.Condition()


def install() -> None:
    require(
        isinstance(lambda_svc._ACCOUNT_CONCURRENCY_CAP, int),
        "lambda_svc._ACCOUNT_CONCURRENCY_CAP is missing",
    )
    wrap(lambda_svc, "_acquire_execution_slot", "func config", _waiting)
    wrap(lambda_svc, "_release_execution_slot", "key", _notifying)


def _waiting(acquire: Any) -> Any:
    def acquire_execution_slot(func: dict[str, Any], config: dict[str, Any]) -> tuple[Any, Any]:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        with _turn:
            while True:
                slot, limit = acquire(func, config)
                remaining = deadline - time.monotonic()
                if slot is not None or limit != "account" or remaining <= 0:
                    return slot, limit
                _turn.wait(remaining)

    return acquire_execution_slot


def _notifying(release: Any) -> Any:
    def release_execution_slot(key: Any) -> None:
        with _turn:
            release(key)
            _turn.notify()

    return release_execution_slot
