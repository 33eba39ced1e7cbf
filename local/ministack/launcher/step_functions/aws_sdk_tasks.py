"""aws-sdk:sagemaker and aws-sdk:glue: ministack's dispatch, led to the backend by forwarding.py."""

from typing import Any

from ministack.services import stepfunctions

from launcher.patching import require, wrap
from launcher.step_functions.service_errors import AWS_SDK_GENERAL, error_name

SERVICES = {"sagemaker": "SageMaker", "glue": "Glue"}


def install() -> None:
    services = stepfunctions._AWS_SDK_SERVICE_MAP
    require("sagemaker" not in services, "Step Functions calls aws-sdk:sagemaker by itself")
    require(
        services.get("glue") == {"target_prefix": "AWSGlue", "protocol": "json"},
        "aws-sdk:glue is another",
    )
    services["sagemaker"] = {"target_prefix": "SageMaker", "protocol": "json"}
    wrap(stepfunctions, "_prefix_sdk_error", "service_name error_code", _naming)


def _naming(prefix_sdk_error: Any) -> Any:
    def prefix(service_name: str, error_code: str) -> str:
        if service_name in SERVICES:
            return error_name(
                SERVICES[service_name], error_code.rsplit("#", 1)[-1], AWS_SDK_GENERAL
            )
        return prefix_sdk_error(service_name, error_code)

    return prefix
