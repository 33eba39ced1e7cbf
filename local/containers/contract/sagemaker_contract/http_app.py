"""The ASGI application: routes, request bodies and their limit."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .responses import JSON, Response, page, text

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
#: Answers POST /invocations, given Content-Type, Accept and the body.
Answer = Callable[["str | None", "str | None", bytes], Response]

_DEFAULT_MAX_CONTENT_LENGTH = 6 * 1024 * 1024

_METHODS = {
    "/ping": ("GET", "HEAD", "OPTIONS"),
    "/execution-parameters": ("GET", "HEAD", "OPTIONS"),
    "/invocations": ("POST", "OPTIONS"),
}


def max_content_length(environment: Mapping[str, str]) -> int:
    """Bytes that a request's body may have."""
    return int(environment.get("MAX_CONTENT_LENGTH", _DEFAULT_MAX_CONTENT_LENGTH))


class App:
    """`max_content_length`: bytes; a longer body is answered with 413"""

    def __init__(self, answer: Answer, max_content_length: int) -> None:
        self._answer = answer
        self._max_content_length = max_content_length

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        response = await self._respond(scope, receive)
        headers = [
            (b"content-type", response.content_type.encode("latin-1")),
            (b"content-length", b"%d" % len(response.body)),
            *response.headers,
        ]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})

    async def _respond(self, scope: dict[str, Any], receive: Receive) -> Response:
        path, method = scope["path"], scope["method"]
        if path not in _METHODS:
            return page(404)
        if method not in _METHODS[path]:
            return page(405, ((b"allow", ", ".join(_METHODS[path]).encode()),))
        if method == "OPTIONS":
            return Response(
                200,
                "text/html; charset=utf-8",
                b"",
                ((b"allow", ", ".join(_METHODS[path]).encode()),),
            )
        if path == "/ping":
            return text(200)
        if path == "/execution-parameters":
            return self._execution_parameters()

        headers = dict(scope["headers"])
        body = await self._read(headers, receive)
        if body is None:
            return page(413)
        content_type, accept = headers.get(b"content-type"), headers.get(b"accept")
        return self._answer(
            None if content_type is None else content_type.decode("latin-1"),
            None if accept is None else accept.decode("latin-1"),
            body,
        )

    async def _read(self, headers: dict[bytes, bytes], receive: Receive) -> bytes | None:
        """The body, or None where it is too large."""
        if int(headers.get(b"content-length", b"0")) > self._max_content_length:
            return None
        message = await receive()
        if not message.get("more_body"):
            body = message.get("body", b"")
            return body if len(body) <= self._max_content_length else None
        parts, size = [], 0
        while True:
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._max_content_length:
                return None
            if not message.get("more_body"):
                return b"".join(parts)
            message = await receive()

    def _execution_parameters(self) -> Response:
        parameters = {
            "MaxConcurrentTransforms": os.cpu_count() or 1,
            "BatchStrategy": "MULTI_RECORD",
            "MaxPayloadInMB": self._max_content_length // (1024 * 1024),
        }
        return Response(200, JSON, json.dumps(parameters).encode())
