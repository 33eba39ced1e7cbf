"""What a request changed is on disk before it is answered: who was told "done" can rely on it.

Not so for log lines and metrics, which may lag behind (see autosave.py), and for what has files of
its own: S3's objects, executions, asynchronous invocations.
"""

import asyncio
import re
from typing import Any

from ministack import app

from launcher import autosave
from launcher.patching import wrap

# State by the service's name in the credential scope of a signature.
STATE_OF = {
    "events": "eventbridge",
    "iam": "iam",
    "lambda": "lambda",
    "s3": "s3",
    "sns": "sns",
    "sqs": "sqs",
    "states": "stepfunctions",
}
SCOPE = re.compile(rb"Credential=[^/]+/\d+/[^/]+/([a-z0-9-]+)/")
READING = re.compile(rb"\.(Get|List|Describe|Receive|Start|Put(Events|Log))")
S3_OBJECT = re.compile(r"^/[^/]+/.")


def install() -> None:
    wrap(app, "app", "scope receive send", _saving)


def _saving(application: Any) -> Any:
    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        state = _changed_by(scope) if scope["type"] == "http" else None
        if state is None:
            await application(scope, receive, send)
            return

        async def send_when_saved(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                await asyncio.to_thread(autosave.save, state)
            await send(message)

        await application(scope, receive, send_when_saved)

    return serve


def _changed_by(scope: dict[str, Any]) -> str | None:
    """The state that the request may change; None where it is known to change none."""
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    headers = dict(scope["headers"])
    found = SCOPE.search(headers.get(b"authorization", b""))
    state = STATE_OF.get(found[1].decode()) if found else None
    path = scope["path"]
    if state == "lambda" and path.endswith("/invocations"):
        return None
    if state == "s3" and S3_OBJECT.match(path):
        return None
    return None if READING.search(headers.get(b"x-amz-target", b"")) else state
