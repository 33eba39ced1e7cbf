"""A failing Node function is reported under its error's own name and with its stack, as on AWS.

Its process goes on with the next invocation, as on AWS too: ministack ends it after each error, and
functions that say "not yet" by an error, hundreds of times, would each start anew.
"""

import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from launcher.patching import replace_text, wrap

_last = threading.local()


def install() -> None:
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    script = replace_text(
        script,
        'status: "error", error: String(err.message || err), trace: err.stack || ""',
        'status: "ok", failed: true, errorType: err.name || typeof err, '
        'error: String(err.message ?? err), trace: err.stack || ""',
    )
    script = replace_text(
        script,
        'status: "error", error: e.message, trace: e.stack',
        'status: "ok", failed: true, errorType: e.name || "Error", '
        "error: e.message, trace: e.stack",
    )
    lambda_runtime._NODEJS_WORKER_SCRIPT = script
    wrap(
        lambda_runtime.Worker,
        "invoke",
        "self event request_id trace_id depth durable invoked_function_arn",
        _remembering,
    )
    wrap(lambda_svc, "_execute_function_warm", "func event request_id", _naming)


def _remembering(invoke: Any) -> Any:
    def invoke_and_remember(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        response = invoke(self, *args, **kwargs)
        if response.pop("failed", False):  # "ok" is what ministack lets a process live for.
            response["status"] = "error"
        _last.response = response
        return response

    return invoke_and_remember


def _naming(execute: Any) -> Any:
    def execute_function_warm(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        _last.response = {}
        result = execute(func, event, request_id)
        error_type = _last.response.get("errorType")
        if result.get("error") and error_type:
            result["body"] = {
                "errorType": error_type,
                "errorMessage": _last.response["error"],
                "trace": (_last.response.get("trace") or "").split("\n"),
            }
        return result

    return execute_function_warm
