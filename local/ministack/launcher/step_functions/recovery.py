"""Brings executions back from their journals, and lets those go on that had not ended."""

import contextvars
import logging
import threading
from typing import Any

from ministack.core.responses import set_request_account_id, set_request_region
from ministack.services import stepfunctions

from launcher import parent_watch, server
from launcher.patching import require
from launcher.step_functions.journals import Execution, Journals, Record

logger = logging.getLogger("launcher.recovery")

_scopes: dict[str, tuple[str, str]] = {}
_announced: dict[str, str] = {}


def install(journals: Journals) -> None:
    for name in ("get_scoped", "set_scoped"):
        require(hasattr(stepfunctions._executions, name), f"_executions.{name} is missing")
    server.before_requests(lambda: load(journals))
    parent_watch.on_resume(resume)


def load(journals: Journals) -> None:
    """To be called once ministack has its own state back, and before requests are answered."""
    for records in journals.read_all():
        execution = _replayed(records)
        arn = execution["executionArn"]
        account, region = records[0]["scope"]
        stepfunctions._executions.set_scoped(account, region, arn, execution)
        journals.adopt(execution)
        _scopes[arn] = (account, region)


def _replayed(records: list[Record]) -> Execution:
    first = records[0]
    execution: Execution = {**first["execution"], "events": []}
    execution["status"] = "RUNNING"
    entered: Record | None = None
    since = 0
    for record in records[1:]:
        if "event" in record:
            execution["events"].append(record["event"])
        elif "entered" in record:
            entered, since = record["entered"], len(execution["events"]) + 1
        elif "ended" in record:
            execution.update(record["ended"])
        elif "announced" in record:
            _announced[execution["executionArn"]] = record["announced"]
    if execution["status"] == "RUNNING":
        execution["definitionDigest"] = first["definition"]
        if entered is not None:
            execution.update(resumeAt=entered, eventsAtResumption=since)
    return execution


def resume() -> None:
    """Once the services answer that executions call."""
    for arn, (account, region) in _scopes.items():
        context = contextvars.copy_context()
        context.run(_enter_scope, account, region)
        execution = stepfunctions._executions.get_scoped(account, region, arn)
        if execution is None:
            continue
        if _announced.get(arn) != execution["status"]:
            context.run(stepfunctions._emit_execution_status_event, execution)
        if execution["status"] == "RUNNING":
            logger.warning("%s goes on", arn)
            _start(context, arn)
    _scopes.clear()
    _announced.clear()


def _enter_scope(account: str, region: str) -> None:
    set_request_account_id(account)
    set_request_region(region)


def _start(context: contextvars.Context, execution_arn: str) -> None:
    run: Any = stepfunctions._run_execution
    threading.Thread(target=context.run, args=(run, execution_arn), daemon=True).start()
