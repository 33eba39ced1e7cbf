"""Each task calls its service as the state machine's role, which Step Functions assumes.

https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
"""

import contextvars
import hashlib
import string
from typing import Any

from ministack import app
from ministack.core.responses import new_uuid
from ministack.services import stepfunctions

from launcher.backend import SIGNING_NAMES, Backend
from launcher.identity import sessions
from launcher.identity.sessions import Session
from launcher.identity.signing import claim
from launcher.patching import require, wrap
from launcher.step_functions.running_tasks import current_task

SERVICE = "states.amazonaws.com"
SESSION_NAME_LENGTH = 32

_session: contextvars.ContextVar[Session | None] = contextvars.ContextVar("session", default=None)


def install() -> None:
    require(hasattr(app, "_dispatch_service_request"), "app._dispatch_service_request is missing")
    wrap(stepfunctions, "_invoke_aws_sdk_integration", "resource input_data", _as_role)
    wrap(
        app,
        "call_service_handler_sync",
        "handler method path headers body query_params timeout",
        _authorized,
    )


def session_of_task() -> Session:
    """A session of the role of the state machine whose task runs. Raises _ExecutionError."""
    arn = current_task().execution["stateMachineArn"]
    try:
        return assume(stepfunctions._state_machines[arn]["roleArn"], arn)
    except sessions.AssumeRoleDeniedError as error:
        raise stepfunctions._ExecutionError(
            "States.TaskFailed",
            f"The principal {SERVICE} is not authorized to assume the provided role. ({error})",
        ) from error


def assume(role_arn: str, machine_arn: str) -> Session:
    """Raises AssumeRoleDeniedError."""
    account = machine_arn.split(":")[4]
    return sessions.assume(role_arn, SERVICE, session_name(machine_arn), machine_arn, account)


def session_name(machine_arn: str) -> str:
    """Letters without meaning, as Step Functions takes them; the same for the same machine."""
    digest = hashlib.sha256(machine_arn.encode()).digest()
    letters = string.ascii_letters
    return "".join(letters[byte % len(letters)] for byte in digest[:SESSION_NAME_LENGTH])


def call(
    backend: Backend, target_prefix: str, operation: str, request: dict[str, Any]
) -> dict[str, Any]:
    """Calls SageMaker or Glue as the current task's role. Raises BackendError, _ExecutionError."""
    return backend.call(target_prefix, operation, request, session_of_task())


def _as_role(invoke: Any) -> Any:
    def invoke_as_role(resource: str, input_data: Any) -> Any:
        token = _session.set(session_of_task())
        try:
            return invoke(resource, input_data)
        finally:
            _session.reset(token)

    return invoke_as_role


def _authorized(call_handler: Any) -> Any:
    """ministack's dispatch goes past its own authorization, to the handler: here it does not."""

    def call_service_handler(
        handler: Any,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Any,
        query_params: dict[str, Any],
        timeout: float | None = None,
    ) -> Any:
        session = _session.get()
        if session is None:
            return call_handler(handler, method, path, headers, body, query_params, timeout)
        service = headers["authorization"].split("/")[3]
        signed = {**headers, **claim(session, service)}
        if service in SIGNING_NAMES.values():  # The backend asks by itself.
            return call_handler(handler, method, path, signed, body, query_params, timeout)
        data = body.encode() if isinstance(body, str) else body
        return call_handler(_dispatch, method, path, signed, data, query_params, timeout)

    return call_service_handler


async def _dispatch(
    method: str, path: str, headers: dict[str, str], body: bytes, query_params: dict[str, Any]
) -> Any:
    return await app._dispatch_service_request(
        method, path, headers, body, query_params, new_uuid()
    )
