"""An asynchronous invocation of a function."""

import contextvars
from dataclasses import dataclass
from typing import Any

from ministack.services import lambda_svc


@dataclass
class Invocation:
    function: dict[str, Any]
    event: Any
    scope: contextvars.Context
    request_id: str
    accepted_at: float
    """Seconds since 1970."""
    attempts: int = 0

    @property
    def config(self) -> dict[str, Any]:
        return self.function.get("config") or self.function

    @property
    def settings(self) -> dict[str, Any]:
        """The function's event invoke config as it is now, not as it was when the event came."""
        current = lambda_svc._functions.get(self.config.get("FunctionName", ""), self.function)
        return current.get("event_invoke_config") or {}
