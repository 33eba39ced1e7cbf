"""Which requests come in at all: those that mean this address, signed with keys that IAM knows.

A page in the user's browser can send requests to 127.0.0.1. Under a name of its own that resolves
to it (DNS rebinding) it would even read the answers: the Host header gives that away. Requests that
nobody signed are refused too, with ministack's own routes (reset, config, messages), which ask for
no signature.
"""

from typing import Any

from ministack import app

from launcher.identity.routes import PREFIX
from launcher.patching import require, wrap

SIGNED_QUERY = b"X-Amz-Signature="


NAMES = ("127.0.0.1", "localhost")


def install() -> None:
    require(callable(getattr(app, "_is_ecr_registry_path", None)), "app._is_ecr_registry_path")
    wrap(app, "app", "scope receive send", _entering)


def _entering(application: Any) -> Any:
    async def enter(scope: dict[str, Any], receive: Any, send: Any) -> None:
        refusal = None if scope["type"] == "lifespan" else _refusal(scope)
        if refusal is None:
            await application(scope, receive, send)
        elif scope["type"] == "http":
            await _refuse(send, refusal)
        else:
            await send({"type": "websocket.close", "code": 1008})

    return enter


def _refusal(scope: dict[str, Any]) -> str | None:
    if scope["type"] != "http":
        return "WebSockets are not served"
    headers: dict[bytes, list[bytes]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.lower(), []).append(value)
    _, port = scope["server"]
    hosts = [f"{name}:{port}".encode() for name in NAMES]
    given = headers.get(b"host", [])
    if len(given) != 1 or given[0].lower() not in hosts:
        return "The Host header names another host"
    path = scope["path"]
    if path.startswith(PREFIX):
        return None
    # Docker's registry looks at no signature: who pushes images here would be nobody.
    if path.startswith("/_") or app._is_ecr_registry_path(path):
        return "This route is not served"
    if b"authorization" not in headers and SIGNED_QUERY not in scope["query_string"]:
        return "The request is not signed"
    return None


async def _refuse(send: Any, why: str) -> None:
    body = f"<Error><Code>AccessDenied</Code><Message>{why}</Message></Error>".encode()
    headers = [
        (b"content-type", b"application/xml"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
