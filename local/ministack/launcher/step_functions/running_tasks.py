"""Which execution a task belongs to, and when it must end: one of them was stopped or timed out.

ministack lets the thread of a task that is no longer wanted run on. Here a job task sees it and
stops its job, as AWS does, and nothing is started, recorded or overwritten after an execution's
end.
"""

import contextvars
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ministack.services import stepfunctions

from launcher.patching import require, wrap
from launcher.step_functions import resumed_state

TERMINAL_EVENTS = frozenset(
    ("ExecutionSucceeded", "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut")
)


class ExecutionEnded(BaseException):
    """Unwinds the thread of an execution that was ended from outside, past Retry and Catch."""


@dataclass
class Task:
    execution: dict[str, Any]
    timed_out: threading.Event = field(default_factory=threading.Event)

    @property
    def execution_ended(self) -> bool:
        return self.execution["status"] != "RUNNING"

    def wait(self, seconds: float) -> bool:
        """Waits for the task's end from outside; False when the time passed without it."""
        return self.timed_out.wait(seconds) or self.execution_ended

    def submitted(self, output: dict[str, Any]) -> None:
        """Records that the service accepted the job."""
        details = {
            "output": stepfunctions.json.dumps(output),
            "outputDetails": {"truncated": False},
        }
        stepfunctions._add_event(
            self.execution, "TaskSubmitted", {"taskSubmittedEventDetails": details}
        )


_task: contextvars.ContextVar[Task] = contextvars.ContextVar("task")


def current_task() -> Task:
    return _task.get()


def install() -> None:
    require(hasattr(stepfunctions, "json"), "stepfunctions no longer imports json")
    wrap(stepfunctions, "_execute_task", "state_def raw_input execution ctx", _in_task)
    wrap(stepfunctions, "_invoke_resource", "resource input_data", _unless_ended)
    wrap(
        stepfunctions,
        "_invoke_resource_with_timeout",
        "resource input_data timeout",
        _telling_timeout,
    )
    wrap(stepfunctions, "_run_execution", "exec_arn", _unwinding)
    wrap(stepfunctions, "_fail_execution", "execution error cause", _unless_over)
    wrap(stepfunctions, "_add_event", "execution event_type details", _until_terminal)


@contextmanager
def _as_current(task: Task) -> Iterator[None]:
    token = _task.set(task)
    try:
        yield
    finally:
        _task.reset(token)


def _in_task(execute_task: Any) -> Any:
    def execute(
        state_def: dict[str, Any], raw_input: Any, execution: dict[str, Any], ctx: dict[str, Any]
    ) -> Any:
        with _as_current(Task(execution)):
            return execute_task(
                _with_timeout_evaluated(state_def, raw_input, ctx), raw_input, execution, ctx
            )

    return execute


def _with_timeout_evaluated(
    state_def: dict[str, Any], raw_input: Any, ctx: dict[str, Any]
) -> dict[str, Any]:
    """ministack takes TimeoutSeconds as a number only; in JSONata it may be an expression."""
    if not isinstance(state_def.get("TimeoutSeconds"), str):
        return state_def
    seconds = stepfunctions._jsonata_state_field(
        state_def, "TimeoutSeconds", "number", raw_input, ctx
    )
    return {**state_def, "TimeoutSeconds": seconds}


def _unless_ended(invoke_resource: Any) -> Any:
    def invoke(resource: str, input_data: Any) -> Any:
        task = _task.get(None)
        if task is not None and task.execution_ended:
            raise ExecutionEnded
        is_done, done = resumed_state.take_result()
        result = done if is_done else invoke_resource(resource, input_data)
        if task is not None and task.execution_ended:
            raise ExecutionEnded
        return result

    return invoke


def _telling_timeout(invoke_with_timeout: Any) -> Any:
    def invoke(resource: str, input_data: Any, timeout: float) -> Any:
        # Each attempt has a timeout of its own, and ends only its own job.
        task = Task(current_task().execution)
        with _as_current(task):
            try:
                return invoke_with_timeout(resource, input_data, timeout)
            except stepfunctions._ExecutionError as error:
                if error.error == "States.Timeout":
                    task.timed_out.set()
                raise

    return invoke


def _unwinding(run_execution: Any) -> Any:
    def run(exec_arn: str) -> None:
        try:
            run_execution(exec_arn)
        except ExecutionEnded:
            stepfunctions.logger.info("%s was ended from outside", exec_arn)

    return run


def _unless_over(fail_execution: Any) -> Any:
    def fail(execution: dict[str, Any], error: str, cause: str) -> None:
        if execution["status"] == "RUNNING":
            fail_execution(execution, error, cause)

    return fail


def _until_terminal(add_event: Any) -> Any:
    def add(
        execution: dict[str, Any], event_type: str, details: dict[str, Any] | None = None
    ) -> Any:
        if execution["events"] and execution["events"][-1]["type"] in TERMINAL_EVENTS:
            return None
        return add_event(execution, event_type, details)

    return add
