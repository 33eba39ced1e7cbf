"""Asynchronous invocations as AWS queues them.

Two retries unless configured otherwise, then the failure destination and the dead-letter queue.
One queue for every source: EventBridge, SNS, S3, and Invoke with InvocationType Event.
"""

import contextvars
import json
import logging
import queue
import threading
import time
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

from ministack.core import persistence
from ministack.core.responses import new_uuid
from ministack.services import lambda_svc, sns

from launcher import destinations, function_roles, halting, parent_watch, server
from launcher.identity import service_access
from launcher.identity.authorization import Check
from launcher.invocation import Invocation
from launcher.patching import require, wrap
from launcher.waiting_invocations import WaitingInvocations

logger = logging.getLogger("launcher.async_invocations")

DEFAULT_RETRIES = 2
DEFAULT_EVENT_AGE_SECONDS = 21600


class InvocationQueue:
    """As many threads as may run at once. What waits is on disk, and goes on after a restart."""

    def __init__(self, width: int, waiting: WaitingInvocations) -> None:
        self._kept = waiting
        self._left: list[Invocation] = []
        self._waiting: queue.SimpleQueue[Invocation] = queue.SimpleQueue()
        for number in range(width):
            threading.Thread(
                target=self._work, daemon=True, name=f"async-invocations-{number}"
            ).start()

    def submit(self, function: dict[str, Any], event: Any) -> None:
        scope = contextvars.copy_context()
        invocation = Invocation(function, event, scope, new_uuid(), time.time())
        self._kept.keep(invocation)
        self._waiting.put(invocation)

    def load(self) -> None:
        """What an earlier launcher left; to be called before anything is submitted."""
        self._left = self._kept.left()

    def resume(self) -> None:
        for invocation in self._left:
            self._waiting.put(invocation)
        self._left = []

    def _work(self) -> None:
        while True:
            invocation = self._waiting.get()
            try:
                invocation.scope.run(self._attempt, invocation)
            except Exception:
                logger.exception(
                    "asynchronous invocation of %s", invocation.config.get("FunctionName")
                )

    def _attempt(self, invocation: Invocation) -> None:
        result = lambda_svc._execute_function_with_config_scope(
            invocation.function, invocation.event
        )
        if halting.has_begun() and result.get("error"):
            return  # For what it called was ended: no outcome. It is tried again after the restart.
        if result.get("throttle"):  # Not an attempt: AWS puts the event back.
            self._later(invocation, 1)
            return
        invocation.attempts += 1
        settings = invocation.settings
        if not result.get("error"):
            _notify(
                invocation,
                (settings.get("DestinationConfig") or {}).get("OnSuccess"),
                "Success",
                result,
            )
            self._kept.drop(invocation)
            return
        self._kept.keep(invocation)
        retries = settings.get("MaximumRetryAttempts")
        delay = lambda_svc._LAMBDA_ASYNC_RETRY_BASE_SECONDS * 2 ** (invocation.attempts - 1)
        age = time.time() - invocation.accepted_at + delay
        if invocation.attempts > (DEFAULT_RETRIES if retries is None else int(retries)):
            self._give_up(invocation, settings, "RetriesExhausted", result)
        elif age > int(settings.get("MaximumEventAgeInSeconds") or DEFAULT_EVENT_AGE_SECONDS):
            self._give_up(invocation, settings, "EventAgeExceeded", result)
        else:
            self._later(invocation, delay)

    def _later(self, invocation: Invocation, seconds: float) -> None:
        timer = threading.Timer(seconds, self._waiting.put, [invocation])
        timer.daemon = True
        timer.start()

    def _give_up(
        self, invocation: Invocation, settings: dict[str, Any], why: str, result: dict[str, Any]
    ) -> None:
        _notify(invocation, (settings.get("DestinationConfig") or {}).get("OnFailure"), why, result)
        dead_letter_arn = (invocation.config.get("DeadLetterConfig") or {}).get("TargetArn")
        if dead_letter_arn:
            destinations.send(
                dead_letter_arn,
                json.dumps(invocation.event),
                _dead_letter_attributes(invocation, result),
                partial(function_roles.denial, invocation.config),
            )
        self._kept.drop(invocation)


def install() -> None:
    require(lambda_svc._ACCOUNT_CONCURRENCY_CAP > 0, "LAMBDA_ACCOUNT_CONCURRENCY was not taken")
    require(
        isinstance(lambda_svc._LAMBDA_ASYNC_RETRY_BASE_SECONDS, float), "the retry base is missing"
    )
    waiting = WaitingInvocations(Path(persistence.STATE_DIR) / "invocations")
    invocations = InvocationQueue(lambda_svc._ACCOUNT_CONCURRENCY_CAP, waiting)
    wrap(lambda_svc, "invoke_async_with_retry", "func event", lambda _: invocations.submit)
    wrap(
        sns,
        "_deliver_to_lambda",
        "endpoint envelope topic_arn sub_arn msg_id raw_message message_attributes",
        lambda _: _deliver_from_topic,
    )
    server.before_requests(invocations.load)
    parent_watch.on_resume(invocations.resume)


def _deliver_from_topic(
    endpoint: str, envelope: str, topic_arn: str, sub_arn: str, *_: Any
) -> None:
    function, config, name = lambda_svc._get_func_record_for_ref(endpoint)
    if not function or not config:
        logger.warning("a subscription of %s invokes %s, which does not exist", topic_arn, name)
        return
    check = Check("lambda:InvokeFunction", endpoint, {})
    denied = service_access.denial("sns.amazonaws.com", topic_arn, check)
    if denied is not None:
        logger.warning("a subscription of %s: %s", topic_arn, denied.message)
        return
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": sub_arn,
        "EventSource": "aws:sns",
        "Sns": json.loads(envelope),
    }
    executed = lambda_svc._execution_record_for_config(function, config)
    lambda_svc.invoke_async_with_retry(executed, {"Records": [record]})


def _notify(
    invocation: Invocation, destination: Any, condition: str, result: dict[str, Any]
) -> None:
    """Sends the invocation record to a destination.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    arn = (destination or {}).get("Destination")
    if not arn:
        return
    version = invocation.config.get("Version", "$LATEST")
    context: dict[str, Any] = {"statusCode": 200, "executedVersion": version}
    if condition != "Success":
        context["functionError"] = "Unhandled"
    record = {
        "version": "1.0",
        "timestamp": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "requestContext": {
            "requestId": invocation.request_id,
            "functionArn": f"{invocation.config['FunctionArn']}:{version}",
            "condition": condition,
            "approximateInvokeCount": invocation.attempts,
        },
        "requestPayload": invocation.event,
        "responseContext": context,
        "responsePayload": result.get("body"),
    }
    destinations.send(
        arn, json.dumps(record), {}, partial(function_roles.denial, invocation.config)
    )


def _dead_letter_attributes(
    invocation: Invocation, result: dict[str, Any]
) -> dict[str, dict[str, str]]:
    body = result.get("body")
    message = body.get("errorMessage", "") if isinstance(body, dict) else str(body)
    return {
        "RequestID": {"DataType": "String", "StringValue": invocation.request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": "200"},
        "ErrorMessage": {"DataType": "String", "StringValue": message[:1024] or "Unhandled"},
    }
