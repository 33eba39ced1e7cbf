"""The optimized SageMaker integrations: https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html"""

from collections.abc import Callable
from typing import Any

from ministack.services import stepfunctions

from launcher.backend import Backend, BackendError
from launcher.patching import require
from launcher.step_functions import machine_role
from launcher.step_functions.job_tasks import fail_task, wait_for_job
from launcher.step_functions.running_tasks import current_task
from launcher.step_functions.service_errors import fail_integration
from launcher.step_functions.timestamps import in_milliseconds

PREFIX = "arn:aws:states:::sagemaker:"
REQUESTS = ("CreateEndpoint", "CreateEndpointConfig", "CreateModel", "UpdateEndpoint")
STARTED_HERE = {"Key": "MANAGED_BY_AWS", "Value": "STARTED_BY_STEP_FUNCTIONS"}
JOBS = ("Training", "Transform", "Processing", "HyperParameterTuning")

Handler = Callable[[str, dict[str, Any]], dict[str, Any]]


def install(backend: Backend) -> None:
    dispatch = stepfunctions._SERVICE_DISPATCH
    require(
        not any(prefix.startswith(PREFIX) for prefix in dispatch),
        "Step Functions calls SageMaker by itself",
    )
    # Looked up by prefix, in this order: the longer name first.
    for operation in sorted(REQUESTS, key=len, reverse=True):
        dispatch[f"{PREFIX}{operation[0].lower()}{operation[1:]}"] = _request_handler(
            backend, operation
        )
    for kind in JOBS:
        dispatch[f"{PREFIX}create{kind}Job"] = _job_handler(backend, kind)


def _call(backend: Backend, operation: str, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return in_milliseconds(
            "sagemaker", operation, machine_role.call(backend, "SageMaker", operation, request)
        )
    except BackendError as error:
        fail_integration("SageMaker", error)


def _request_handler(backend: Backend, operation: str) -> Handler:
    return lambda resource, request: _call(backend, operation, request)


def _job_handler(backend: Backend, kind: str) -> Handler:
    name, status = f"{kind}JobName", f"{kind}JobStatus"

    def run(resource: str, request: dict[str, Any]) -> dict[str, Any]:
        if resource.endswith(".sync"):
            request = {**request, "Tags": [*request.get("Tags", []), STARTED_HERE]}
        created = _call(backend, f"Create{kind}Job", request)
        if not resource.endswith(".sync"):
            return created
        current_task().submitted(created)
        reference = {name: request[name]}
        job = wait_for_job(
            lambda: _call(backend, f"Describe{kind}Job", reference),
            lambda job: job[status] in ("Completed", "Failed", "Stopped"),
            lambda: machine_role.call(backend, "SageMaker", f"Stop{kind}Job", reference),
        )
        if job[status] != "Completed":
            fail_task(job)
        return job

    return run
