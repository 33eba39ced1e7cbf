"""lambda:invoke that is throttled ends with Lambda.TooManyRequestsException, not Lambda.Unknown.

https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
"""

import json
from typing import Any

from ministack.services import stepfunctions

from launcher.patching import require, wrap

UNKNOWN = "Lambda.Unknown"


def install() -> None:
    require(hasattr(stepfunctions, "_ExecutionError"), "stepfunctions._ExecutionError is missing")
    wrap(stepfunctions, "_call_lambda", "func_ref event", _naming)


def _naming(call_lambda: Any) -> Any:
    def call(func_ref: str, event: Any) -> Any:
        try:
            return call_lambda(func_ref, event)
        except stepfunctions._ExecutionError as error:
            answer = _json_object(error.cause) if error.error == UNKNOWN else {}
            if answer.get("__type") != "TooManyRequestsException":
                raise
            cause = (
                f"{answer.get('message')} (Service: Lambda, Status Code: 429; "
                "Error Code: TooManyRequestsException)"
            )
            raise stepfunctions._ExecutionError("Lambda.TooManyRequestsException", cause) from error

    return call


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
