"""What an execution that goes on after a restart had already got done in the state it was in.

The state is carried out once more, but not its task: a job that was submitted is waited for, a
result that was there is taken, and what may have been asked for in the moment of the end is looked
for before it is asked for again.
"""

import contextvars
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class ResumedState:
    submission: dict[str, Any] | None = None
    """What the service answered when it took the job; for the first attempt."""
    result: Any = None
    has_result: bool = False

    @classmethod
    def of(cls, state_type: str, events: list[dict[str, Any]]) -> "ResumedState":
        """From the history since the state was entered.

        Of a Map or Parallel state's events nothing says which branch they belong to.
        """
        state = cls()
        if state_type != "Task":
            return state
        for event in events:
            if event["type"] in ("TaskScheduled", "TaskFailed", "TaskTimedOut"):
                state = cls()
            elif event["type"] == "TaskSubmitted":
                state.submission = json.loads(event["taskSubmittedEventDetails"]["output"])
            elif event["type"] == "TaskSucceeded":
                state.result = json.loads(event["taskSucceededEventDetails"]["output"])
                state.has_result = True
        return state


_state: contextvars.ContextVar[ResumedState | None] = contextvars.ContextVar("resumed")


@contextmanager
def resuming(state: ResumedState | None) -> Iterator[None]:
    token = _state.set(state)
    try:
        yield
    finally:
        _state.reset(token)


def is_resumed() -> bool:
    return _state.get(None) is not None


def take_submission() -> dict[str, Any] | None:
    """Once: a second attempt submits a job of its own."""
    state = _state.get(None)
    if state is None:
        return None
    submission, state.submission = state.submission, None
    return submission


def take_result() -> tuple[bool, Any]:
    """Whether there was a result, and which."""
    state = _state.get(None)
    if state is None or not state.has_result:
        return False, None
    state.has_result = False
    return True, state.result
