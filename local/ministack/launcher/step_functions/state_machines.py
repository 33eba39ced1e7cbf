"""A state machine keeps its tracing configuration, which ministack drops."""

import json
from typing import Any

from ministack.services import stepfunctions

from launcher.patching import wrap


def install() -> None:
    wrap(stepfunctions, "_create_state_machine", "data", _keeping_tracing)
    wrap(stepfunctions, "_update_state_machine", "data", _keeping_tracing)


def _keeping_tracing(write: Any) -> Any:
    def create_or_update(data: dict[str, Any]) -> Any:
        response = write(data)
        if response[0] == 200:
            arn = json.loads(response[2]).get("stateMachineArn") or data["stateMachineArn"]
            machine = stepfunctions._state_machines[arn]
            tracing = data.get("tracingConfiguration", machine.get("tracingConfiguration"))
            machine["tracingConfiguration"] = tracing or {"enabled": False}
        return response

    return create_or_update
