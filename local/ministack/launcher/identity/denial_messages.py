"""A denial names the resource, as AWS's do; ministack's do for some services only."""

from typing import Any

from ministack.core import iam_actions

from launcher.patching import require, wrap


def install() -> None:
    require(
        callable(getattr(iam_actions, "identity_denial_message", None)),
        "iam_actions.identity_denial_message is missing",
    )
    wrap(
        iam_actions,
        "access_denied_response",
        "service action principal_arn request_id error_code message headers resource_arn "
        "explicit_deny resource_policy_arn",
        _naming_resource,
    )


def _naming_resource(access_denied_response: Any) -> Any:
    def named(
        service: str, action: str, principal_arn: str, request_id: str, **details: Any
    ) -> Any:
        by_identity = not (details.get("error_code") or details.get("resource_policy_arn"))
        if by_identity and not details.get("message"):
            resource = details.get("resource_arn", "*")
            details["message"] = iam_actions.identity_denial_message(
                action,
                principal_arn,
                f'"{resource}"' if service == "s3" else resource,
                details.get("explicit_deny", False),
            )
        return access_denied_response(service, action, principal_arn, request_id, **details)

    return named
