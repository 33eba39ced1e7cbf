"""A function is its role: its calls, its logs, and what is sent for it when it failed.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

import logging
from typing import Any

from ministack.core import lambda_runtime
from ministack.core.responses import error_response_json, get_account_id, get_region
from ministack.services import cloudwatch_logs, lambda_svc

from launcher.identity import authorization, sessions
from launcher.identity.authorization import Check, Denial
from launcher.identity.sessions import AssumeRoleDeniedError, Session
from launcher.patching import require, wrap

logger = logging.getLogger("launcher.function_roles")

SERVICE = "lambda.amazonaws.com"
SEND_ACTIONS = {
    "sqs": ("sqs:SendMessage", "SendMessage on SQS"),
    "sns": ("sns:Publish", "Publish on SNS"),
}


def install() -> None:
    require(
        lambda_svc.execution_credentials is lambda_runtime.execution_credentials,
        "lambda_svc takes credentials from elsewhere",
    )
    for module in (lambda_runtime, lambda_svc):
        wrap(module, "execution_credentials", "config", lambda _: _credentials)
    wrap(lambda_svc, "_create_function", "data", _create_checked)
    wrap(lambda_svc, "_update_config", "name data", _update_checked)
    wrap(
        lambda_svc,
        "_emit_lambda_logs",
        "func request_id log_text error duration_ms log_source",
        _logging_as_role,
    )


def session_of(config: dict[str, Any]) -> Session:
    """Raises AssumeRoleDeniedError."""
    name = config["FunctionName"]
    arn = config.get("FunctionArn") or _arn("lambda", f"function:{name}")
    return sessions.assume(config.get("Role", ""), SERVICE, name, arn, arn.split(":")[4])


def denial(config: dict[str, Any], check: Check) -> Denial | None:
    """Why the function may not do this; None where it may."""
    try:
        session = session_of(config)
    except AssumeRoleDeniedError as error:
        return Denial("AccessDeniedException", str(error))
    return authorization.denial(session.access_key_id, check)


def _credentials(config: dict[str, Any]) -> dict[str, str]:
    session = session_of(config)
    return {
        "AWS_ACCESS_KEY_ID": session.access_key_id,
        "AWS_SECRET_ACCESS_KEY": session.secret_access_key,
        "AWS_SESSION_TOKEN": session.token,
    }


def _create_checked(create: Any) -> Any:
    def create_function(data: dict[str, Any]) -> Any:
        return _refusal(data) or create(data)

    return create_function


def _update_checked(update: Any) -> Any:
    def update_config(name: str, data: dict[str, Any]) -> Any:
        function = lambda_svc._functions.get(name)
        if function is None:
            return update(name, data)
        return _refusal({**function["config"], **data}) or update(name, data)

    return update_config


def _refusal(config: dict[str, Any]) -> Any:
    if not config.get("FunctionName"):
        return None
    try:
        session = session_of(config)
    except AssumeRoleDeniedError:
        return _invalid("The role defined for the function cannot be assumed by Lambda.")
    target = (config.get("DeadLetterConfig") or {}).get("TargetArn") or ""
    action, call = SEND_ACTIONS.get(target.split(":")[2] if target else "", (None, ""))
    if action is not None and authorization.denial(
        session.access_key_id, Check(action, target, {})
    ):
        return _invalid(f"The provided execution role does not have permissions to call {call}")
    return None


def _invalid(message: str) -> Any:
    return error_response_json("InvalidParameterValueException", message, 400)


def _logging_as_role(emit: Any) -> Any:
    """What the role may not write is nowhere, and the function runs on: as on AWS."""

    def emit_logs(func: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        config = func.get("config") or func
        name = config.get("FunctionName", "")
        group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{name}"
        denied = _log_denial(config, group)
        if denied is None:
            emit(func, *args, **kwargs)
        else:
            logger.warning("%s logs nothing: %s", name, denied.message)

    return emit_logs


def _log_denial(config: dict[str, Any], group: str) -> Denial | None:
    arn = _arn("logs", f"log-group:{group}")
    checks = [
        Check("logs:CreateLogStream", f"{arn}:log-stream:", {}),
        Check("logs:PutLogEvents", f"{arn}:log-stream:", {}),
    ]
    if group not in cloudwatch_logs._log_groups:
        checks.insert(0, Check("logs:CreateLogGroup", arn, {}))
    return next((denied for check in checks if (denied := denial(config, check))), None)


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"
