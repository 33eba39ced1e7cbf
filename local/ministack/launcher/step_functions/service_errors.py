"""Errors of SageMaker and Glue under the names by which a state machine catches them.

AWS names an error after the exception of the Java SDK that Step Functions calls with: version 1 for
the optimized integrations, version 2 for aws-sdk ones. An error that the service's model does not
declare (SageMaker's ValidationException, throttling) comes as the SDK's general exception.
"""

from typing import NoReturn

from ministack.services import stepfunctions

from launcher.backend import BackendError

OPTIMIZED_GENERAL = {"SageMaker": "AmazonSageMakerException", "Glue": "AWSGlueException"}
AWS_SDK_GENERAL = {"SageMaker": "SageMakerException", "Glue": "GlueException"}
SERVICE_IN_CAUSE = {"SageMaker": "AmazonSageMaker", "Glue": "AWSGlue"}


def is_modelled(service: str, code: str) -> bool:
    """Whether the service's model declares the error for any operation."""
    model = stepfunctions._service_model(service.lower())
    return model is not None and any(
        shape.name == code or shape.error_code == code for shape in model.error_shapes
    )


def error_name(service: str, code: str, general: dict[str, str]) -> str:
    if code == "SdkClientException":
        return f"{service}.{code}"
    if not is_modelled(service, code):
        return f"{service}.{general[service]}"
    return f"{service}.{code if code.endswith('Exception') else f'{code}Exception'}"


def fail_integration(service: str, error: BackendError) -> NoReturn:
    """As an optimized integration (glue:startJobRun, sagemaker:create...) reports the error."""
    name = error_name(service, error.code, OPTIMIZED_GENERAL)
    cause = error.message
    if error.status:
        cause += (
            f" (Service: {SERVICE_IN_CAUSE[service]}; Status Code: {error.status}; "
            f"Error Code: {error.code}; Request ID: {error.request_id}; Proxy: null)"
        )
    raise stepfunctions._ExecutionError(name, cause) from error
