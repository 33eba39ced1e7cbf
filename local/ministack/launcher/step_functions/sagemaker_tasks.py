"""The optimized SageMaker integrations: https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html"""

from collections.abc import Callable
from typing import Any

from ministack.services import stepfunctions

from launcher.backend import Backend, BackendError
from launcher.patching import require
from launcher.step_functions import machine_role, resumed_state
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
    def ask(resource: str, request: dict[str, Any]) -> dict[str, Any]:
        del resource
        return _made_before(backend, operation, request) or _call(backend, operation, request)

    return ask


def _job_handler(backend: Backend, kind: str) -> Handler:
    name, status = f"{kind}JobName", f"{kind}JobStatus"

    def run(resource: str, request: dict[str, Any]) -> dict[str, Any]:
        operation = f"Create{kind}Job"
        if resource.endswith(".sync"):
            request = {**request, "Tags": [*request.get("Tags", []), STARTED_HERE]}
        submission = resumed_state.take_submission()
        created = submission or _made_before(backend, operation, request)
        created = created or _call(backend, operation, request)
        if not resource.endswith(".sync"):
            return created
        if submission is None:
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


def _made_before(
    backend: Backend, operation: str, request: dict[str, Any]
) -> dict[str, Any] | None:
    """The answer to a request that the launcher made in the moment of its end."""
    if not resumed_state.is_resumed():
        return None
    resource = operation.removeprefix("Create").removeprefix("Update")
    name, arn = f"{resource}Name", f"{resource}Arn"
    try:
        made = backend.call_as_root("SageMaker", f"Describe{resource}", {name: request[name]})
    except BackendError as error:
        if not error.status:
            raise
        return None
    if resource == "Endpoint":
        pending = made.get("PendingDeploymentSummary", made)
        if pending.get("EndpointConfigName") != request["EndpointConfigName"]:
            return None
    return {arn: made[arn]}
