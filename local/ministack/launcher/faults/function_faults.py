"""Functions that throw, answer too late, or are throttled."""

from typing import Any

from ministack.services import lambda_svc

from launcher.faults.plan import plan
from launcher.patching import require, wrap


def install() -> None:
    require(callable(getattr(lambda_svc, "_throttle_response", None)), "no _throttle_response")
    require(callable(getattr(lambda_svc, "_emit_lambda_logs", None)), "no _emit_lambda_logs")
    wrap(
        lambda_svc,
        "_execute_function_dispatch",
        "func config event request_id started",
        _with_faults,
    )


def _with_faults(dispatch: Any) -> Any:
    def execute(
        func: dict[str, Any], config: dict[str, Any], event: Any, request_id: str, started: float
    ) -> dict[str, Any]:
        name = config.get("FunctionName", "")
        if plan.striking("function-throttled", name.endswith):
            return lambda_svc._throttle_response(
                "FunctionInvocationRateLimitExceeded", "Rate Exceeded."
            )
        if plan.striking("function-throws", name.endswith):
            message = "the fault function-throws ended the invocation"
            line = f"FaultInjected: {message}"
            lambda_svc._emit_lambda_logs(func, request_id, line, True, 0)
            return _failure("FaultInjected", message)
        late = plan.striking("function-times-out", name.endswith)
        result = dispatch(func, config, event, request_id, started)
        if late is None:
            return result
        seconds = int(config.get("Timeout", 3))
        return _failure(
            "Sandbox.Timedout",
            f"RequestId: {request_id} Error: Task timed out after {seconds}.00 seconds",
        )

    return execute


def _failure(error_type: str, message: str) -> dict[str, Any]:
    return {
        "error": True,
        "body": {"errorType": error_type, "errorMessage": message},
        "log": "",
    }
