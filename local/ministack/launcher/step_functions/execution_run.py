"""Carries out an execution, from its start or from the state in which an earlier launcher left it.

Takes the place of ministack's loop, which knows the start alone; what a state does is ministack's.
"""

import copy
import json
import logging
from typing import Any

from ministack.core.responses import now_iso
from ministack.services import stepfunctions

from launcher.patching import require, wrap
from launcher.step_functions.journals import Execution, Journals
from launcher.step_functions.resumed_state import ResumedState, resuming

logger = logging.getLogger("launcher.execution_run")

WITH_EXECUTION = ("Task", "Parallel", "Map")
PLAIN = ("Pass", "Choice", "Wait")


def install(journals: Journals) -> None:
    for name in (*(f"_execute_{kind.lower()}" for kind in WITH_EXECUTION + PLAIN), "_next_or_end"):
        require(
            callable(getattr(stepfunctions, name, None)),
            f"{stepfunctions.__name__}.{name} is missing",
        )
    wrap(
        stepfunctions,
        "_run_execution",
        "exec_arn",
        lambda _: lambda exec_arn: _run(exec_arn, journals),
    )


def _run(execution_arn: str, journals: Journals) -> None:
    execution = stepfunctions._executions.get(execution_arn)
    if execution is None:
        return
    try:
        definition = journals.definition_of(execution)
        if definition is None:
            raise stepfunctions._ExecutionError(
                "States.Runtime", f"{execution['stateMachineArn']} does not exist any more"
            )
        output = _Walk(execution, json.loads(definition), journals).to_end()
    except stepfunctions._ExecutionError as error:
        stepfunctions._fail_execution(execution, error.error, error.cause)
    except Exception as error:
        logger.exception("%s", execution_arn)
        stepfunctions._fail_execution(execution, "States.Runtime", str(error))
    else:
        _succeed(execution, output)


def _succeed(execution: Execution, output: str) -> None:
    if execution["status"] != "RUNNING":
        return
    execution.update(status="SUCCEEDED", output=output, stopDate=now_iso())
    details = {"executionSucceededEventDetails": {"output": output}}
    stepfunctions._add_event(execution, "ExecutionSucceeded", details)
    stepfunctions._emit_execution_status_event(execution)


class _Walk:
    """From state to state."""

    def __init__(
        self, execution: Execution, definition: dict[str, Any], journals: Journals
    ) -> None:
        self._execution = execution
        self._states = definition["States"]
        self._journals = journals
        checkpoint = execution.pop("resumeAt", None)
        self._resumed = checkpoint is not None
        begin = {"state": definition["StartAt"], "input": json.loads(execution["input"])}
        at = checkpoint or begin
        self._name: str | None = at["state"]
        self._data = at["input"]
        self._context = {
            "QueryLanguage": definition.get("QueryLanguage", "JSONPath"),
            "Execution": {
                "Id": execution["executionArn"],
                "Input": begin["input"],
                "Name": execution["name"],
                "StartTime": execution["startDate"],
            },
            "StateMachine": {
                "Id": execution["stateMachineArn"],
                "Name": execution["stateMachineArn"].rsplit(":", 1)[1],
            },
            "variables": at.get("variables", {}),
        }

    def to_end(self) -> str:
        """The execution's output, as JSON."""
        while self._name is not None and self._execution["status"] == "RUNNING":
            self._step(self._name)
        return json.dumps(self._data)

    def _step(self, name: str) -> None:
        state = self._states.get(name)
        if state is None:
            raise stepfunctions._ExecutionError("States.Runtime", f"There is no state '{name}'")
        self._context["State"] = {"Name": name, "EnteredTime": now_iso(), "RetryCount": 0}
        resumed = self._enter(name, state["Type"])
        with resuming(resumed):
            self._data, self._name = self._perform(state)
        details = {"name": name, "output": json.dumps(self._data)}
        self._add(f"{state['Type']}StateExited", {"stateExitedEventDetails": details})

    def _enter(self, name: str, state_type: str) -> ResumedState | None:
        if self._resumed:
            self._resumed = False
            since = self._execution.pop("eventsAtResumption")
            return ResumedState.of(state_type, self._execution["events"][since:])
        checkpoint = {
            "state": name,
            "input": self._data,
            "variables": copy.deepcopy(self._context["variables"]),
        }
        self._journals.entering(self._execution, checkpoint)
        details = {"name": name, "input": json.dumps(self._data)}
        self._add(f"{state_type}StateEntered", {"stateEnteredEventDetails": details})
        return None

    def _perform(self, state: dict[str, Any]) -> tuple[Any, str | None]:
        kind, data, context = state["Type"], self._data, self._context
        if kind == "Succeed":
            return self._succeeded(state), None
        if kind == "Fail":
            raise stepfunctions._ExecutionError(
                *stepfunctions._fail_state_error(state, data, context)
            )
        perform = getattr(stepfunctions, f"_execute_{kind.lower()}")
        if kind in WITH_EXECUTION:
            return perform(state, data, self._execution, context)
        return perform(state, data, context)

    def _succeeded(self, state: dict[str, Any]) -> Any:
        selected = stepfunctions._apply_input_path(state, self._data, self._context)
        return stepfunctions._apply_output_path(state, selected, self._context)

    def _add(self, event_type: str, details: dict[str, Any]) -> None:
        stepfunctions._add_event(self._execution, event_type, details)
