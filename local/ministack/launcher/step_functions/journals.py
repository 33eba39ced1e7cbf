"""Each execution has a journal: a file of its own, one line of JSON for whatever happens to it.

A line is written before anything is done that follows from it, so that a launcher that was killed
goes on where its executions were (see recovery.py). What a state machine looked like when the
execution started is kept too: an update does not touch executions that run.
"""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ministack.core import persistence
from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions

from launcher import halting
from launcher.atomic_file import write_atomically
from launcher.line_file import LineFile, line_files
from launcher.patching import require, wrap
from launcher.step_functions.running_tasks import ExecutionEnded

Execution = dict[str, Any]
Record = dict[str, Any]

ENDING = ("status", "stopDate", "output", "error", "cause")


class Journals:
    """Lines of a journal, each with one key.

    {"execution": {...}, "scope": [account, region], "definition": digest}: the first line
    {"entered": {"state": ..., "input": ..., "variables": ...}}: what a resumption begins with
    {"event": {...}}: of the history
    {"ended": {...}}: status and outcome
    {"announced": status}: the status change that EventBridge was told of
    """

    def __init__(self, folder: Path) -> None:
        self._journals = folder / "executions"
        self._definitions = folder / "definitions"
        self._lock = threading.RLock()
        self._events_written: dict[str, int] = {}
        self._ended: set[str] = set()
        self._entering: dict[str, Record] = {}

    def _file(self, execution_arn: str) -> LineFile:
        digest = hashlib.sha256(execution_arn.encode()).hexdigest()[:32]
        return LineFile(self._journals / f"{digest}.jsonl")

    def entering(self, execution: Execution, checkpoint: Record) -> None:
        """Written with the event that says the same: a resumption sees both or none."""
        with self._lock:
            self._entering[execution["executionArn"]] = checkpoint

    def write_news(self, execution: Execution) -> None:
        """Events and the end of the execution, as far as the journal does not have them.

        Raises ExecutionEnded where the launcher halts: the execution stays as it is.
        """
        if execution.get("sync"):
            return  # Its caller waits for it, and is gone after a restart.
        if halting.has_begun() and threading.current_thread() is not threading.main_thread():
            raise ExecutionEnded
        arn = execution["executionArn"]
        with self._lock:
            records: list[Record] = []
            if arn not in self._events_written:
                records.append(self._first_record(execution))
            checkpoint = self._entering.pop(arn, None)
            if checkpoint is not None:
                records.append({"entered": checkpoint})
            written = self._events_written.get(arn, 0)
            events = execution["events"][written:]
            records.extend({"event": event} for event in events)
            if execution["status"] != "RUNNING" and arn not in self._ended:
                records.append({"ended": {key: execution.get(key) for key in ENDING}})
                self._ended.add(arn)
            self._file(arn).append(*records)
            self._events_written[arn] = written + len(events)

    def announced(self, execution: Execution) -> None:
        if not execution.get("sync"):
            with self._lock:
                file = self._file(execution["executionArn"])
                file.append({"announced": execution["status"]})

    def forget(self, execution_arn: str) -> None:
        with self._lock:
            self._file(execution_arn).remove()
            self._events_written.pop(execution_arn, None)
            self._ended.discard(execution_arn)

    def read_all(self) -> Iterator[list[Record]]:
        """The records of each journal."""
        for file in line_files(self._journals.glob("*.jsonl")):
            records = file.read()
            if records:
                yield records

    def adopt(self, execution: Execution) -> None:
        """Goes on with a journal that was read."""
        arn = execution["executionArn"]
        with self._lock:
            self._events_written[arn] = len(execution["events"])
            if execution["status"] != "RUNNING":
                self._ended.add(arn)

    def definition_of(self, execution: Execution) -> str | None:
        """The state machine as it is now or, of a resumed execution, was at its start."""
        digest = execution.get("definitionDigest")
        if digest is not None:
            return (self._definitions / f"{digest}.json").read_text()
        machine = stepfunctions._state_machines.get(execution["stateMachineArn"])
        return machine and machine["definition"]

    def _first_record(self, execution: Execution) -> Record:
        text = self.definition_of(execution) or "{}"
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        path = self._definitions / f"{digest}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text)
        kept = {key: value for key, value in execution.items() if key != "events"}
        scope = [get_account_id(), get_region()]
        return {"execution": kept, "scope": scope, "definition": digest}


def open_journals() -> Journals:
    return Journals(Path(persistence.STATE_DIR))


def install(journals: Journals) -> None:
    """To be called after whatever changes events: a journal has them as they are read."""
    wrap(
        stepfunctions,
        "_add_event",
        "execution event_type details",
        lambda add_event: _written(add_event, journals),
    )
    wrap(
        stepfunctions,
        "_emit_execution_status_event",
        "execution",
        lambda emit: _noted(emit, journals),
    )
    wrap(
        stepfunctions, "_delete_state_machine", "data", lambda delete: _forgetting(delete, journals)
    )
    keys = {
        "state_machines",
        "executions",
        "tags",
        "activities",
        "state_machine_versions",
        "state_machine_aliases",
        "map_runs",
    }
    require(set(stepfunctions.get_state()) == keys, "stepfunctions.get_state gives other keys")
    wrap(stepfunctions, "get_state", "", _without_executions)


def _written(add_event: Any, journals: Journals) -> Any:
    def add(execution: Execution, event_type: str, details: Record | None = None) -> Any:
        event = add_event(execution, event_type, details)
        journals.write_news(execution)
        return event

    return add


def _noted(emit: Any, journals: Journals) -> Any:
    def emit_and_note(execution: Execution) -> None:
        journals.write_news(execution)
        emit(execution)
        journals.announced(execution)

    return emit_and_note


def _forgetting(delete_state_machine: Any, journals: Journals) -> Any:
    def delete(data: Record) -> Any:
        arn = data.get("stateMachineArn")
        doomed = [
            execution_arn
            for execution_arn, execution in list(stepfunctions._executions.items())
            if execution["stateMachineArn"] == arn
        ]
        response = delete_state_machine(data)
        if response[0] == 200:
            for execution_arn in doomed:
                journals.forget(execution_arn)
        return response

    return delete


def _without_executions(get_state: Any) -> Any:
    """Of a thousand executions with their histories, each save would write all anew."""

    del get_state
    names = {
        "state_machines": "_state_machines",
        "tags": "_tags",
        "activities": "_activities",
        "state_machine_versions": "_state_machine_versions",
        "state_machine_aliases": "_state_machine_aliases",
        "map_runs": "_map_runs",
    }
    copy = stepfunctions.copy.deepcopy
    return lambda: {key: copy(getattr(stepfunctions, name)) for key, name in names.items()}
