"""HTTP client of the backend: the project's own SageMaker and Glue."""

import http.client
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from launcher.identity.sessions import Session
from launcher.identity.signing import claim
from launcher.settings import Keys

# Of one connection, not of the message: RFC 9110 section 7.6.1. The length is set anew.
HOP_BY_HOP = frozenset(
    (
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    )
)

# By the prefix of X-Amz-Target.
SIGNING_NAMES = {"SageMaker": "sagemaker", "AWSGlue": "glue"}

# The longest answer: InvokeEndpoint waits 60 s for the model, which the backend itself ends.
TIMEOUT_SECONDS = 90
NOTICE_SECONDS = 0.5

Header = tuple[str, str]


class BackendError(Exception):
    """An AWS error that the backend answered, or its absence (`status` 0)."""

    def __init__(self, code: str, message: str, status: int, request_id: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[Header]
    body: bytes


class Backend:
    def __init__(self, url: str, root: Keys) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname is None or parts.port is None:
            raise ValueError(f"The backend's URL must be http://<host>:<port>, not {url}")
        self._root = root
        self._address = (parts.hostname, parts.port)

    def forward(self, method: str, target: str, headers: Iterable[Header], body: bytes) -> Answer:
        """Sends a request as it came; blocks until the whole answer is there.

        A connection of its own for each request: one that was kept open could be closed by the
        backend in the moment of the next request, which must not be sent twice.
        """
        connection = http.client.HTTPConnection(*self._address, timeout=TIMEOUT_SECONDS)
        try:
            return self._exchange(connection, method, target, headers, body)
        except (OSError, http.client.HTTPException):
            # When the backend dies, its end is to be noticed before this is taken for an outcome.
            time.sleep(NOTICE_SECONDS)
            raise
        finally:
            connection.close()

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        target: str,
        headers: Iterable[Header],
        body: bytes,
    ) -> Answer:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                connection.putheader(name, value.encode("latin-1"))
        connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answered = [item for item in response.getheaders() if item[0].lower() not in HOP_BY_HOP]
        return Answer(response.status, answered, response.read())

    def call(
        self, target_prefix: str, operation: str, request: dict[str, Any], caller: Session
    ) -> dict[str, Any]:
        """Calls an operation of the JSON 1.1 protocol. Raises BackendError."""
        return self._call(target_prefix, operation, request, caller)

    def call_as_root(
        self, target_prefix: str, operation: str, request: dict[str, Any]
    ) -> dict[str, Any]:
        """The same for what AWS does without a call, as this process after a restart."""
        return self._call(target_prefix, operation, request, self._root)

    def _call(
        self, target_prefix: str, operation: str, request: dict[str, Any], caller: Session | Keys
    ) -> dict[str, Any]:
        service = SIGNING_NAMES[target_prefix]
        headers = [
            ("x-amz-target", f"{target_prefix}.{operation}"),
            ("content-type", "application/x-amz-json-1.1"),
            *claim(caller, service).items(),
        ]
        try:
            answer = self.forward("POST", "/", headers, json.dumps(request).encode())
        except (OSError, http.client.HTTPException) as error:
            raise BackendError(
                "SdkClientException", f"Unable to execute HTTP request: {error}", 0
            ) from error
        result = json.loads(answer.body or b"{}")
        if answer.status >= 400:
            code = str(result.get("__type", "InternalFailure")).rsplit("#", 1)[-1]
            message = result.get("message") or result.get("Message") or ""
            request_id = next(
                (value for name, value in answer.headers if name.lower() == "x-amzn-requestid"), ""
            )
            raise BackendError(code, message, answer.status, request_id)
        return result
