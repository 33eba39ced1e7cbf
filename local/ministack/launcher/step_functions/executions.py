"""Executions as AWS starts and times them out."""

import json
import re
import threading
from datetime import datetime
from typing import Any

from ministack.core.responses import error_response_json, json_response, now_iso
from ministack.services import stepfunctions

from launcher.patching import wrap
from launcher.step_functions.journals import Journals

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
ILLEGAL_IN_NAME = re.compile(r"[\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]")
LONGEST_NAME = 80
LONGEST_INPUT_BYTES = 262_144


def install(journals: Journals) -> None:
    wrap(stepfunctions, "_start_execution", "data", _starting)
    wrap(stepfunctions, "_run_execution", "exec_arn", lambda run: _timed(run, journals))


def _starting(start_execution: Any) -> Any:
    def start(data: dict[str, Any]) -> Any:
        refusal = _refusal(data)
        if refusal is not None:
            return refusal
        response = start_execution(data)
        if response[0] == 400 and json.loads(response[2]).get("__type") == "ExecutionAlreadyExists":
            return _same_execution(data) or response
        return response

    return start


def _refusal(data: dict[str, Any]) -> Any:
    name = data.get("name")
    if name is not None and (not 0 < len(name) <= LONGEST_NAME or ILLEGAL_IN_NAME.search(name)):
        return error_response_json("InvalidName", f"Invalid Name: '{name}'", 400)
    text = data.get("input", "{}")
    if len(text.encode()) > LONGEST_INPUT_BYTES:
        reason = f"The input exceeds {LONGEST_INPUT_BYTES} bytes"
        return error_response_json(
            "InvalidExecutionInput", f"Invalid State Machine Execution Input: '{reason}'", 400
        )
    try:
        json.loads(text)
    except ValueError as error:
        return error_response_json(
            "InvalidExecutionInput", f"Invalid State Machine Execution Input: '{error}'", 400
        )
    return None


def _same_execution(data: dict[str, Any]) -> Any:
    """The running execution of this name if it has this input: the call succeeds once more."""
    machine_arn = stepfunctions._resolve_state_machine_arn(data["stateMachineArn"].split("#")[0])
    execution_arn = f"{machine_arn.replace(':stateMachine:', ':execution:')}:{data['name']}"
    execution = stepfunctions._executions[execution_arn]
    if execution["status"] != "RUNNING" or json.loads(execution["input"]) != json.loads(
        data.get("input", "{}")
    ):
        return None
    return json_response({"executionArn": execution_arn, "startDate": execution["startDate"]})


def _timed(run_execution: Any, journals: Journals) -> Any:
    """The state machine's own TimeoutSeconds."""

    def run(exec_arn: str) -> None:
        execution = stepfunctions._executions.get(exec_arn)
        seconds = execution and _seconds_left(execution, journals)
        if seconds is None:
            run_execution(exec_arn)
            return
        timer = threading.Timer(seconds, _time_out, [execution])
        timer.daemon = True
        timer.start()
        try:
            run_execution(exec_arn)
        finally:
            timer.cancel()

    return run


def _seconds_left(execution: dict[str, Any], journals: Journals) -> float | None:
    """None: no limit. The time in which the local cloud was not there does not count."""
    definition = journals.definition_of(execution)
    seconds = json.loads(definition).get("TimeoutSeconds") if definition else None
    if seconds is None:
        return None
    begun, last = (
        datetime.fromisoformat(stamp.replace("Z", "+00:00"))
        for stamp in (execution["startDate"], execution["events"][-1]["timestamp"])
    )
    return max(0.0, seconds - (last - begun).total_seconds())


def _time_out(execution: dict[str, Any]) -> None:
    if execution["status"] != "RUNNING":
        return
    execution["status"] = "TIMED_OUT"
    execution["stopDate"] = now_iso()
    execution["error"] = "States.Timeout"
    details = {"error": "States.Timeout"}
    stepfunctions._add_event(
        execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": details}
    )
    stepfunctions._emit_execution_status_event(execution)
