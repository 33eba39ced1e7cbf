"""The optimized Glue integration: https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html"""

from typing import Any

from ministack.services import stepfunctions

from launcher.backend import Backend, BackendError
from launcher.patching import require
from launcher.step_functions import machine_role
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
    started = _call(backend, "StartJobRun", request)
    if not resource.endswith(".sync"):
        return started
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
