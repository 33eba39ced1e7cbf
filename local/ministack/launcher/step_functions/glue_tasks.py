"""The optimized Glue integration: https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html"""

from typing import Any

from ministack.services import stepfunctions

from launcher.backend import Backend, BackendError
from launcher.patching import require
from launcher.step_functions import machine_role, resumed_state
from launcher.step_functions.job_tasks import fail_task, wait_for_job
from launcher.step_functions.running_tasks import current_task
from launcher.step_functions.service_errors import fail_integration
from launcher.step_functions.timestamps import in_milliseconds

RESOURCE = "arn:aws:states:::glue:startJobRun"
OVER = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED")


def install(backend: Backend) -> None:
    require(
        RESOURCE not in stepfunctions._SERVICE_DISPATCH, "Step Functions starts Glue jobs by itself"
    )
    stepfunctions._SERVICE_DISPATCH[RESOURCE] = lambda resource, request: _start_job_run(
        backend, resource, request
    )


def _call(backend: Backend, operation: str, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return in_milliseconds(
            "glue", operation, machine_role.call(backend, "AWSGlue", operation, request)
        )
    except BackendError as error:
        fail_integration("Glue", error)


def _start_job_run(backend: Backend, resource: str, request: dict[str, Any]) -> dict[str, Any]:
    submission = resumed_state.take_submission()
    started = submission or _run_started_before(backend, request)
    started = started or _call(backend, "StartJobRun", request)
    if not resource.endswith(".sync"):
        return started
    if submission is None:
        current_task().submitted(started)
    job_name, run_id = request["JobName"], started["JobRunId"]
    run = wait_for_job(
        lambda: _call(backend, "GetJobRun", {"JobName": job_name, "RunId": run_id})["JobRun"],
        lambda run: run["JobRunState"] in OVER,
        lambda: machine_role.call(
            backend, "AWSGlue", "BatchStopJobRun", {"JobName": job_name, "JobRunIds": [run_id]}
        ),
    )
    if run["JobRunState"] != "SUCCEEDED":
        fail_task(run)
    return run


def _run_started_before(backend: Backend, request: dict[str, Any]) -> dict[str, Any] | None:
    """The run that the launcher asked for in the moment of its end, known by its arguments."""
    if not resumed_state.is_resumed() or not request.get("Arguments"):
        return None
    runs = backend.call_as_root("AWSGlue", "GetJobRuns", {"JobName": request["JobName"]})["JobRuns"]
    own = [run for run in runs if run.get("Arguments") == request["Arguments"]]
    return {"JobRunId": own[0]["Id"]} if own else None
