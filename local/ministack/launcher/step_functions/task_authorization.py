"""Tasks that ministack carries out itself are denied as AWS denies them to the machine's role.

SageMaker's and Glue's go to the backend and the aws-sdk ones through ministack's dispatch, which
both ask by themselves.
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import lambda_svc, sqs, stepfunctions

from launcher.identity.authorization import Check, denial
from launcher.identity.condition_keys import event_keys
from launcher.patching import require, wrap
from launcher.step_functions.machine_role import session_of_task

INTEGRATION = "arn:aws:states:::"
AUTHORIZED_WHERE_SENT = ("sagemaker:", "glue:", "aws-sdk:")


def install() -> None:
    require(callable(getattr(sqs, "_queue_by_arn", None)), "sqs._queue_by_arn is missing")
    wrap(stepfunctions, "_invoke_resource", "resource input_data", _authorized)
    wrap(
        stepfunctions,
        "_invoke_with_callback",
        "resource input_data token state_def",
        _callback_authorized,
    )


def _authorized(invoke: Any) -> Any:
    def invoke_resource(resource: str, input_data: Any) -> Any:
        _authorize(resource, input_data)
        return invoke(resource, input_data)

    return invoke_resource


def _callback_authorized(invoke: Any) -> Any:
    def invoke_with_callback(
        resource: str, input_data: Any, token: str, state_def: dict[str, Any]
    ) -> Any:
        _authorize(resource, input_data)
        return invoke(resource, input_data, token, state_def)

    return invoke_with_callback


def _authorize(resource: str, request: Any) -> None:
    if ":activity:" in resource:  # A worker asks for the task: the role calls nobody.
        return
    if resource.startswith(INTEGRATION):
        integration = resource.removeprefix(INTEGRATION).split(".", 1)[0]
        if integration.startswith(AUTHORIZED_WHERE_SENT):
            return
        service, status, checks = _integration(integration, request)
    else:
        service, status, checks = "Lambda", 403, [_invoke(resource)]
    session = session_of_task()
    for check in checks:
        denied = denial(session.access_key_id, check)
        if denied is not None:
            cause = (
                f"{denied.message} (Service: AWS{service}; Status Code: {status}; "
                f"Error Code: {denied.code}; Request ID: {new_uuid()}; Proxy: null)"
            )
            raise stepfunctions._ExecutionError(GENERAL_ERRORS[service], cause)


# What the Java SDK's services call an error that they do not declare.
GENERAL_ERRORS = {
    "Lambda": "Lambda.AWSLambdaException",
    "SQS": "SQS.AmazonSQSException",
    "SNS": "SNS.AmazonSNSException",
    "EventBridge": "EventBridge.AmazonEventBridgeException",
    "StepFunctions": "StepFunctions.AWSStepFunctionsException",
}


def _integration(integration: str, request: dict[str, Any]) -> tuple[str, int, list[Check]]:
    """The service, its status for a denial, and what the role must be allowed."""
    if integration == "lambda:invoke":
        return "Lambda", 403, [_invoke(request.get("FunctionName", ""))]
    if integration == "sqs:sendMessage":
        name = request.get("QueueUrl", "").rstrip("/").rsplit("/", 1)[-1]
        return "SQS", 403, [Check("sqs:SendMessage", _arn("sqs", name), {})]
    if integration == "sns:publish":
        topic = request.get("TopicArn") or request.get("TargetArn") or "*"
        return "SNS", 403, [Check("sns:Publish", topic, {})]
    if integration == "events:putEvents":
        return "EventBridge", 400, [_put_event(entry) for entry in request.get("Entries", [])]
    if integration == "states:startExecution":
        machine = request.get("StateMachineArn", "*")
        return "StepFunctions", 400, [Check("states:StartExecution", machine, {})]
    raise stepfunctions._ExecutionError(
        "States.Runtime", f"The local cloud does not know what {integration} needs to be allowed"
    )


def _invoke(reference: str) -> Check:
    """Of the function that a name, a partial or a whole ARN refers to."""
    _, config, name = lambda_svc._get_func_record_for_ref(reference)
    arn = (config or {}).get("FunctionArn") or _arn("lambda", f"function:{name}")
    return Check("lambda:InvokeFunction", arn, {})


def _put_event(entry: dict[str, Any]) -> Check:
    bus = entry.get("EventBusName", "default")
    arn = bus if bus.startswith("arn:") else _arn("events", f"event-bus/{bus}")
    return Check("events:PutEvents", arn, event_keys(entry))


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"
