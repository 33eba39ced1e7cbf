"""Each denial is a line of the log: who was denied what, where the caller tells nobody."""

import sys
from typing import Any

from ministack.core import iam_evaluator

from launcher.patching import wrap


def install() -> None:
    wrap(
        iam_evaluator,
        "enforce",
        "access_key_id iam_action service region resource_arn service_context",
        _logging,
    )


def _logging(enforce: Any) -> Any:
    def enforce_and_log(
        access_key_id: str,
        iam_action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        result = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if isinstance(result, iam_evaluator.EvalResult):
            print(
                f"denied: {result.principal_arn} may not {iam_action} on {resource_arn}",
                file=sys.stderr,
                flush=True,
            )
        return result

    return enforce_and_log
