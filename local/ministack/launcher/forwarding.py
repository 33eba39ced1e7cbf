"""Requests for SageMaker, SageMaker Runtime and Glue go to the backend, byte for byte."""

import asyncio
import json
import re
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from ministack import app
from ministack.core import iam_actions, router

from launcher.backend import Backend
from launcher.patching import require, wrap

TARGET = re.compile(rb"(SageMaker|AWSGlue)\.")
RUNTIME_PATH = re.compile(
    r"/endpoints/[^/]+/(invocations|async-invocations|invocations-response-stream)"
)


def install(backend: Backend) -> None:
    require(isinstance(router.SERVICE_PATTERNS, dict), "router.SERVICE_PATTERNS is no dict")
    require("glue" in app.SERVICE_HANDLERS, "app.SERVICE_HANDLERS has no glue")
    require("sagemaker" not in app.SERVICE_HANDLERS, "app.SERVICE_HANDLERS has sagemaker by now")
    wrap(app, "app", "scope receive send", lambda original: _front(original, backend))

    # Calls from inside of ministack, as Step Functions' aws-sdk integrations, never pass the front.
    router.SERVICE_PATTERNS["sagemaker"] = {
        "target_prefixes": ["SageMaker."],
        "credential_scope": "sagemaker",
    }
    for service in ("sagemaker", "glue"):
        app.SERVICE_HANDLERS[service] = _handler(backend)
    iam_actions.SERVICE_TO_IAM_NAMESPACE.setdefault("sagemaker", "sagemaker")


def belongs_to_backend(scope: dict[str, Any]) -> bool:
    if scope["type"] != "http":
        return False
    if RUNTIME_PATH.fullmatch(scope["path"]):
        return True
    target = next(
        (value for name, value in scope["headers"] if name.lower() == b"x-amz-target"), b""
    )
    return TARGET.match(target) is not None


def _front(ministack: Any, backend: Backend) -> Any:
    async def front(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if belongs_to_backend(scope):
            await _forward(backend, scope, receive, send)
        else:
            await ministack(scope, receive, send)

    return front


async def _forward(backend: Backend, scope: dict[str, Any], receive: Any, send: Any) -> None:
    chunks = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    target = scope["raw_path"].decode("ascii")
    if scope["query_string"]:
        target += f"?{scope['query_string'].decode('ascii')}"
    headers = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    ]
    try:
        answer = await asyncio.to_thread(
            backend.forward, scope["method"], target, headers, b"".join(chunks)
        )
        status, answered, body = answer.status, answer.headers, answer.body
    except (OSError, HTTPException) as error:
        # 503, as an AWS endpoint behind a load balancer: SDKs retry it.
        status, answered = 503, [("content-type", "application/x-amz-json-1.1")]
        message_text = f"The local cloud's SageMaker and Glue do not answer: {error}"
        body = json.dumps({"__type": "ServiceUnavailable", "message": message_text}).encode()
    raw_headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answered
    ]
    raw_headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": raw_headers})
    await send({"type": "http.response.body", "body": body})


def _handler(backend: Backend) -> Any:
    async def handle(
        method: str, path: str, headers: dict[str, str], body: Any, query: dict[str, Any]
    ) -> Any:
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        data = body.encode() if isinstance(body, str) else body or b""
        answer = await asyncio.to_thread(
            backend.forward, method, target, list(headers.items()), data
        )
        return answer.status, dict(answer.headers), answer.body

    return handle
