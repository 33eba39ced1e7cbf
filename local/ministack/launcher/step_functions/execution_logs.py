"""Executions write their history to the log group of their state machine.

https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
"""

import json
import logging
from datetime import datetime
from typing import Any

from ministack.services import cloudwatch_logs, stepfunctions

from launcher.patching import require, wrap

logger = logging.getLogger("launcher.execution_logs")

FATAL = frozenset(("ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"))
ERROR_ENDINGS = ("Failed", "TimedOut", "Aborted")


def install() -> None:
    for name in ("_create_log_stream", "_put_log_events"):
        require(
            callable(getattr(cloudwatch_logs, name, None)), f"cloudwatch_logs.{name} is missing"
        )
    wrap(stepfunctions, "_add_event", "execution event_type details", _logging)
    wrap(stepfunctions, "_run_execution", "exec_arn", _logging_start)


def _logging(add_event: Any) -> Any:
    def add(
        execution: dict[str, Any], event_type: str, details: dict[str, Any] | None = None
    ) -> Any:
        earlier = len(execution["events"])
        event = add_event(execution, event_type, details)
        _write(execution, execution["events"][earlier:])
        return event

    return add


def _logging_start(run_execution: Any) -> Any:
    """The first event is there before anything could add it."""

    def run(exec_arn: str) -> None:
        execution = stepfunctions._executions.get(exec_arn)
        if execution is not None and len(execution["events"]) == 1:
            _write(execution, execution["events"][:1])
        run_execution(exec_arn)

    return run


def _write(execution: dict[str, Any], events: list[dict[str, Any]]) -> None:
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) or {}
    configuration = machine.get("loggingConfiguration") or {}
    level, with_data = configuration.get("level", "OFF"), configuration.get("includeExecutionData")
    chosen = [
        _log_event(execution, event, with_data) for event in events if is_logged(level, event)
    ]
    if not chosen:
        return
    for destination in configuration.get("destinations", []):
        arn = destination["cloudWatchLogsLogGroup"]["logGroupArn"]
        _put(arn.split(":log-group:", 1)[1].removesuffix(":*"), _stream(execution, machine), chosen)


def is_logged(level: str, event: dict[str, Any]) -> bool:
    if level == "ERROR":
        return event["type"].endswith(ERROR_ENDINGS)
    return level == "ALL" or (level == "FATAL" and event["type"] in FATAL)


def _log_event(
    execution: dict[str, Any], event: dict[str, Any], with_data: bool | None
) -> dict[str, Any]:
    at = datetime.fromisoformat(event["timestamp"].replace("Z", "+00:00"))
    milliseconds = round(at.timestamp() * 1000)
    details = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
    if not with_data:
        details = {key: value for key, value in details.items() if key not in ("input", "output")}
    message = {
        "id": str(event["id"]),
        "type": event["type"],
        "details": details,
        "previous_event_id": str(event.get("previousEventId", 0)),
        "event_timestamp": str(milliseconds),
        "execution_arn": execution["executionArn"],
        "redrive_count": "0",
    }
    return {"timestamp": milliseconds, "message": json.dumps(message)}


def _stream(execution: dict[str, Any], machine: dict[str, Any]) -> str:
    minute = execution["startDate"][:16].replace("T", "-").replace(":", "-")
    return f"states/{machine['name']}/{minute}/{execution['name']}"


def _put(group: str, stream: str, events: list[dict[str, Any]]) -> None:
    names = {"logGroupName": group, "logStreamName": stream}
    cloudwatch_logs._create_log_stream(names)  # Refused where it exists already.
    status, _, body = cloudwatch_logs._put_log_events({**names, "logEvents": events})
    if status != 200:
        logger.warning("an execution's log is lost: %s", body)
