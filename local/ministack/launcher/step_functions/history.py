"""Execution history with the fields and events of AWS.

previousEventId, resource and its type apart, what a task asks for, TaskStarted, timeouts as such.
"""

import contextvars
import json
from typing import Any

from ministack.core.responses import get_region
from ministack.services import stepfunctions

from launcher.patching import wrap

_asked: contextvars.ContextVar[Any] = contextvars.ContextVar("asked")


def install() -> None:
    # Right before a task is scheduled, its request is made by one of these.
    wrap(stepfunctions, "_apply_jsonata_arguments", "state_def raw_input ctx", _remembering)
    wrap(stepfunctions, "_apply_parameters", "state_def data ctx", _remembering)
    wrap(stepfunctions, "_add_event", "execution event_type details", _as_aws)


def _remembering(make_request: Any) -> Any:
    def make(*args: Any) -> Any:
        request = make_request(*args)
        _asked.set(request)
        return request

    return make


def _as_aws(add_event: Any) -> Any:
    def add(
        execution: dict[str, Any], event_type: str, details: dict[str, Any] | None = None
    ) -> Any:
        resource = None
        if (
            event_type == "TaskFailed"
            and details["taskFailedEventDetails"]["error"] == "States.Timeout"
        ):
            event_type, details = (
                "TaskTimedOut",
                {"taskTimedOutEventDetails": details["taskFailedEventDetails"]},
            )
        for task_details in (details or {}).values():
            if isinstance(task_details, dict) and event_type.startswith("Task"):
                resource = task_details.get("resource") or _scheduled_resource(execution)
                task_details.update(_resource_fields(resource))
                if event_type == "TaskScheduled":
                    task_details["parameters"] = json.dumps(_asked.get({}))
                    task_details["region"] = get_region()
        event = add_event(execution, event_type, details)
        if event is None:
            return None
        event["previousEventId"] = event["id"] - 1
        if event_type == "TaskScheduled":
            started = add_event(
                execution, "TaskStarted", {"taskStartedEventDetails": _resource_fields(resource)}
            )
            if started is not None:
                started["previousEventId"] = event["id"]
        return event

    return add


def _resource_fields(resource: str) -> dict[str, str]:
    """arn:aws:states:::glue:startJobRun.sync: type glue, resource startJobRun.sync."""
    if ":states:::" not in resource:
        return {
            "resourceType": "lambda" if ":lambda:" in resource else "activity",
            "resource": resource,
        }
    resource_type, _, action = resource.split(":states:::", 1)[1].rpartition(":")
    return {"resourceType": resource_type, "resource": action}


def _scheduled_resource(execution: dict[str, Any]) -> str:
    for event in reversed(execution["events"]):
        if event["type"] == "TaskScheduled":
            details = event["taskScheduledEventDetails"]
            return f"arn:aws:states:::{details['resourceType']}:{details['resource']}"
    return ""
