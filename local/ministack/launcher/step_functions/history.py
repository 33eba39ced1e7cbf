"""Execution history with the fields and events of AWS.

previousEventId, resource and its type apart, TaskStarted, timeouts as such.
"""

from typing import Any

from ministack.services import stepfunctions

from launcher.patching import wrap


def install() -> None:
    wrap(stepfunctions, "_add_event", "execution event_type details", _as_aws)


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
