"""EventBridge rules invoke functions asynchronously, if the function's policy lets them.

An event that can never arrive (no such function, no permission) goes to the target's dead-letter
queue at once: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import contextvars
import json
import logging
from fnmatch import fnmatchcase
from typing import Any

from ministack.services import eventbridge, lambda_svc

from launcher import destinations
from launcher.patching import wrap

logger = logging.getLogger("launcher.event_targets")

_delivery: contextvars.ContextVar[tuple[dict[str, Any], dict[str, Any]]] = contextvars.ContextVar(
    "delivery"
)


def install() -> None:
    wrap(eventbridge, "_invoke_target", "target event rule view", _knowing_target)
    wrap(eventbridge, "_dispatch_to_lambda", "arn payload", lambda _: _dispatch_to_lambda)


def _knowing_target(invoke_target: Any) -> Any:
    def invoke(target: dict[str, Any], event: Any, rule: dict[str, Any], view: Any = None) -> None:
        token = _delivery.set((target, rule))
        try:
            invoke_target(target, event, rule, view)
        finally:
            _delivery.reset(token)

    return invoke


def _dispatch_to_lambda(arn: str, payload: str) -> None:
    _, rule = _delivery.get()
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        _undeliverable(payload, "NO_RESOURCE", f"Function not found: {arn}")
    elif not may_invoke(function, rule.get("Arn", "")):
        _undeliverable(
            payload,
            "NO_PERMISSIONS",
            f"The policy of {arn} does not let the rule {rule.get('Arn')} invoke it",
        )
    else:
        executed = lambda_svc._execution_record_for_config(function, config)
        lambda_svc.invoke_async_with_retry(executed, json.loads(payload))


def may_invoke(function: dict[str, Any], rule_arn: str) -> bool:
    """Whether the function's resource policy lets EventBridge invoke it for this rule."""
    statements = (function.get("policy") or {}).get("Statement", [])
    return any(_allows(statement, rule_arn) for statement in statements)


def _allows(statement: dict[str, Any], rule_arn: str) -> bool:
    principal = statement.get("Principal")
    service = principal.get("Service") if isinstance(principal, dict) else principal
    action = statement.get("Action")
    condition = statement.get("Condition") or {}
    source_arn = (condition.get("ArnLike") or {}).get("AWS:SourceArn", "*")
    account = (condition.get("StringEquals") or {}).get("AWS:SourceAccount")
    return (
        service in ("events.amazonaws.com", "*")
        and action in ("lambda:InvokeFunction", "lambda:*", "*")
        and fnmatchcase(rule_arn, source_arn)
        and account in (None, rule_arn.split(":")[4])
    )


def _undeliverable(payload: str, code: str, message: str) -> None:
    target, rule = _delivery.get()
    logger.warning("EventBridge: %s: %s", code, message)
    queue_arn = (target.get("DeadLetterConfig") or {}).get("Arn")
    if queue_arn:
        attributes = destinations.text_attributes(
            RULE_ARN=rule.get("Arn", ""),
            TARGET_ARN=target["Arn"],
            ERROR_CODE=code,
            ERROR_MESSAGE=message,
            RETRY_ATTEMPTS="0",
        )
        destinations.send(queue_arn, payload, attributes)
