"""ministack, or the local cloud's own process, is killed at a step of an execution: kill -9.

Aimed at `STATE`, as it is entered; at `STATE/submitted`, with its job just submitted; or at
`STATE/done`, with its task's result there and not yet on record.
"""

import os
import signal
from typing import Any

from ministack.services import stepfunctions

from launcher.faults.plan import plan
from launcher.patching import wrap

VICTIMS = {"ministack-killed": os.getpid, "local-cloud-killed": os.getppid}


def install() -> None:
    """To be called after what writes events down."""
    wrap(stepfunctions, "_add_event", "execution event_type details", _crashing)


def _crashing(add_event: Any) -> Any:
    def add(
        execution: dict[str, Any], event_type: str, details: dict[str, Any] | None = None
    ) -> Any:
        if event_type == "TaskSucceeded":
            _crash_at(f"{_state(execution)}/done")
        event = add_event(execution, event_type, details)
        if event_type.endswith("StateEntered"):
            _crash_at(_state(execution))
        elif event_type == "TaskSubmitted":
            _crash_at(f"{_state(execution)}/submitted")
        return event

    return add


def _state(execution: dict[str, Any]) -> str:
    """The state that was entered last."""
    return next(
        event["stateEnteredEventDetails"]["name"]
        for event in reversed(execution["events"])
        if event["type"].endswith("StateEntered")
    )


def _crash_at(place: str) -> None:
    for name, victim in VICTIMS.items():
        if plan.striking(name, place.__eq__):
            os.kill(victim(), signal.SIGKILL)
