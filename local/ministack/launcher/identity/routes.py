"""What the local cloud's other half asks of this one.

Of IAM: `POST /_local/authorize` and `/_local/sessions`. And to go wrong: `/_local/faults`.

Only for who knows the launcher's secret, which no function inherits.
"""

import hmac
import json
from typing import Any

from ministack import app

from launcher.faults.plan import plan
from launcher.identity import sessions
from launcher.identity.authorization import Check, Denial, denial, principal_of
from launcher.patching import wrap

PREFIX = "/_local/"
SECRET_HEADER = b"x-local-secret"

Answer = tuple[int, dict[str, Any]]


def install(secret: str) -> None:
    wrap(app, "app", "scope receive send", lambda ministack: _serving(ministack, secret))


def _serving(application: Any, secret: str) -> Any:
    routes = {"authorize": _authorize, "sessions": _sessions, "faults": _faults}

    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await application(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == SECRET_HEADER), b"")
        route = routes.get(scope["path"].removeprefix(PREFIX))
        if not hmac.compare_digest(given, secret.encode()):
            status, body = 403, {"code": "AccessDeniedException", "message": "Wrong secret"}
        elif route is None or scope["method"] != "POST":
            status, body = 404, {"code": "NotFound", "message": f"No route {scope['path']}"}
        else:
            status, body = route(json.loads(await _body(receive)))
        await _answer(send, status, body)

    return serve


def _authorize(request: dict[str, Any]) -> Answer:
    access_key_id = request["accessKeyId"]
    principal = principal_of(access_key_id, request.get("sessionToken"))
    if isinstance(principal, Denial):
        return 200, {"allowed": False, "code": principal.code, "message": principal.message}
    for asked in request["checks"]:
        check = Check(asked["action"], asked["resource"], asked.get("context") or {})
        denied = denial(access_key_id, check)
        if denied is not None:
            return 200, {"allowed": False, "code": denied.code, "message": denied.message}
    return 200, {"allowed": True, "principal": principal}


def _sessions(request: dict[str, Any]) -> Answer:
    try:
        session = sessions.assume(
            request["roleArn"],
            request["servicePrincipal"],
            request["sessionName"],
            request.get("sourceArn"),
            request.get("sourceAccount"),
        )
    except sessions.AssumeRoleDeniedError as error:
        return 403, {"code": "AccessDenied", "message": str(error)}
    return 200, {
        "accessKeyId": session.access_key_id,
        "secretAccessKey": session.secret_access_key,
        "sessionToken": session.token,
    }


def _faults(request: dict[str, Any]) -> Answer:
    return 200, {"struck": plan.replace(request["faults"])}


async def _body(receive: Any) -> bytes:
    chunks = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the caller hung up")
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


async def _answer(send: Any, status: int, body: dict[str, Any]) -> None:
    data = json.dumps(body).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(data)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})
