"""Sends what could not be done to the queue, topic or function that was configured for it."""

import json
import logging
from collections.abc import Callable

from ministack.core.responses import new_uuid
from ministack.services import lambda_svc, sns, sqs

from launcher.identity.authorization import Check, Denial
from launcher.patching import require

logger = logging.getLogger("launcher.destinations")

MessageAttributes = dict[str, dict[str, str]]
DenialOf = Callable[[Check], Denial | None]

ACTIONS = {"sqs": "sqs:SendMessage", "sns": "sns:Publish", "lambda": "lambda:InvokeFunction"}


def install() -> None:
    require(callable(getattr(sqs, "_act_send_message", None)), "sqs._act_send_message is missing")
    require(callable(getattr(sqs, "_queue_by_arn", None)), "sqs._queue_by_arn is missing")
    require(callable(getattr(sns, "_fanout", None)), "sns._fanout is missing")


def text_attributes(**values: str) -> MessageAttributes:
    return {
        name: {"DataType": "String", "StringValue": value}
        for name, value in values.items()
        if value
    }


def send(arn: str, body: str, attributes: MessageAttributes, denial_of: DenialOf) -> None:
    """What cannot be sent, or not by this sender, is logged: AWS counts it in a metric."""
    service = arn.split(":")[2]
    if service not in ACTIONS:
        logger.error("%s is no destination that the local cloud serves, lost: %s", arn, body)
        return
    denied = denial_of(Check(ACTIONS[service], arn, {}))
    if denied is not None:
        logger.error("%s, lost: %s", denied.message, body)
    elif service == "sqs":
        _send_to_queue(arn, body, attributes)
    elif service == "sns":
        sns._fanout(arn, new_uuid(), body, "", "", attributes)
    else:
        _invoke(arn, body)


def _send_to_queue(arn: str, body: str, attributes: MessageAttributes) -> None:
    queue = sqs._queue_by_arn(arn)
    if queue is None:
        logger.error("the queue %s does not exist, lost: %s", arn, body)
        return
    request = {"QueueUrl": queue["url"], "MessageBody": body, "MessageAttributes": attributes}
    sqs._act_send_message(request, queue["url"])


def _invoke(arn: str, body: str) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        logger.error("the function %s does not exist, lost: %s", arn, body)
        return
    executed = lambda_svc._execution_record_for_config(function, config)
    lambda_svc.invoke_async_with_retry(executed, json.loads(body))
