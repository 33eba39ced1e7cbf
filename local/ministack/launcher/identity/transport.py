"""Requests count as sent over TLS: on the loopback interface nobody listens in between.

Otherwise the policies that refuse plain HTTP (aws:SecureTransport) would refuse everything here.
"""

import contextvars
from typing import Any

from ministack import app
from ministack.core import iam_evaluator

from launcher.patching import require, wrap

IS_SECURE = True


def install() -> None:
    origin = iam_evaluator._request_origin
    require(origin.get() == ("127.0.0.1", False), "iam_evaluator._request_origin has no default")
    # Of threads that no request started.
    iam_evaluator._request_origin = contextvars.ContextVar(
        "request_origin", default=("127.0.0.1", IS_SECURE)
    )
    wrap(app, "pin_request_origin", "source_ip secure_transport", _secure)


def _secure(pin_request_origin: Any) -> Any:
    def pin(source_ip: str, secure_transport: bool) -> None:
        del secure_transport
        pin_request_origin(source_ip, IS_SECURE)

    return pin
