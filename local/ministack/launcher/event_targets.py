"""EventBridge delivers to who lets it: targets with a policy by that, state machines by a role.

An event that can never arrive (no such target, no permission) goes to the target's dead-letter
queue at once: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import contextvars
import json
import logging
from functools import partial
from typing import Any

from ministack.services import eventbridge, lambda_svc, sqs, stepfunctions

from launcher import destinations
from launcher.identity import authorization, service_access, sessions
from launcher.identity.authorization import Check, Denial
from launcher.patching import wrap

logger = logging.getLogger("launcher.event_targets")

SERVICE = "events.amazonaws.com"
SESSION_NAME_LENGTH = 64
SERVED = ("lambda", "sqs", "sns", "states")

_delivery: contextvars.ContextVar[tuple[dict[str, Any], dict[str, Any]]] = contextvars.ContextVar(
    "delivery"
)


def install() -> None:
    wrap(eventbridge, "_put_targets", "data", _unless_unserved)
    wrap(eventbridge, "_invoke_target", "target event rule view", _knowing_target)
    wrap(eventbridge, "_dispatch_to_lambda", "arn payload", lambda _: _dispatch_to_lambda)
    wrap(eventbridge, "_dispatch_to_sqs", "spec payload sqs_parameters", _to_queue)
    wrap(eventbridge, "_dispatch_to_sns", "arn payload", _to_topic)
    wrap(eventbridge, "_dispatch_to_stepfunctions", "arn payload", _to_state_machine)


def _unless_unserved(put_targets: Any) -> Any:
    """Targets of which nobody here knows whether they let EventBridge in."""

    def put(data: dict[str, Any]) -> Any:
        for target in data.get("Targets", []):
            service = (target.get("Arn", "").split(":") + [""] * 3)[2]
            if service not in SERVED:
                return eventbridge.error_response_json(
                    "ValidationException",
                    f"The local cloud does not deliver events to {target.get('Arn')}",
                    400,
                )
            if service == "states" and not target.get("RoleArn"):
                return eventbridge.error_response_json(
                    "ValidationException",
                    f"RoleArn is required for target {target['Arn']}.",
                    400,
                )
        return put_targets(data)

    return put


def _knowing_target(invoke_target: Any) -> Any:
    def invoke(target: dict[str, Any], event: Any, rule: dict[str, Any], view: Any = None) -> None:
        token = _delivery.set((target, rule))
        try:
            invoke_target(target, event, rule, view)
        finally:
            _delivery.reset(token)

    return invoke


def _dispatch_to_lambda(arn: str, payload: str) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        _undeliverable(payload, "NO_RESOURCE", f"Function not found: {arn}")
    elif denied := _denial_by_policy(Check("lambda:InvokeFunction", arn, {})):
        _undeliverable(payload, "NO_PERMISSIONS", denied.message)
    else:
        executed = lambda_svc._execution_record_for_config(function, config)
        lambda_svc.invoke_async_with_retry(executed, json.loads(payload))


def _to_queue(dispatch: Any) -> Any:
    def to_queue(spec: Any, payload: str, sqs_parameters: Any = None) -> None:
        if sqs._queue_by_arn(str(spec)) is None:
            _undeliverable(payload, "NO_RESOURCE", f"Queue not found: {spec}")
        elif denied := _denial_by_policy(Check("sqs:SendMessage", str(spec), {})):
            _undeliverable(payload, "NO_PERMISSIONS", denied.message)
        else:
            dispatch(spec, payload, sqs_parameters)

    return to_queue


def _to_topic(dispatch: Any) -> Any:
    def to_topic(arn: str, payload: str) -> None:
        if denied := _denial_by_policy(Check("sns:Publish", arn, {})):
            _undeliverable(payload, "NO_PERMISSIONS", denied.message)
        else:
            dispatch(arn, payload)

    return to_topic


def _to_state_machine(dispatch: Any) -> Any:
    def to_state_machine(arn: str, payload: str) -> None:
        if stepfunctions._resolve_state_machine_arn(arn) is None:
            _undeliverable(payload, "NO_RESOURCE", f"State machine not found: {arn}")
        elif denied := _denial_of_role(Check("states:StartExecution", arn, {})):
            _undeliverable(payload, "NO_PERMISSIONS", denied.message)
        else:
            dispatch(arn, payload)

    return to_state_machine


def _denial_by_policy(check: Check) -> Denial | None:
    _, rule = _delivery.get()
    return service_access.denial(SERVICE, rule["Arn"], check)


def _denial_of_role(check: Check) -> Denial | None:
    target, rule = _delivery.get()
    arn = rule["Arn"]
    try:
        session = sessions.assume(
            target.get("RoleArn", ""),
            SERVICE,
            rule["Name"][:SESSION_NAME_LENGTH],
            arn,
            arn.split(":")[4],
        )
    except sessions.AssumeRoleDeniedError as error:
        return Denial("AccessDeniedException", str(error))
    return authorization.denial(session.access_key_id, check)


def _undeliverable(payload: str, code: str, message: str) -> None:
    target, rule = _delivery.get()
    logger.warning("EventBridge: %s: %s", code, message)
    queue_arn = (target.get("DeadLetterConfig") or {}).get("Arn")
    if queue_arn:
        attributes = destinations.text_attributes(
            RULE_ARN=rule["Arn"],
            TARGET_ARN=target["Arn"],
            ERROR_CODE=code,
            ERROR_MESSAGE=message,
            RETRY_ATTEMPTS="0",
        )
        destinations.send(
            queue_arn, payload, attributes, partial(service_access.denial, SERVICE, rule["Arn"])
        )
