"""Whether the policies let a principal do something: ministack's evaluation, AWS's wording."""

from dataclasses import dataclass
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region

from launcher.patching import require


@dataclass(frozen=True)
class Check:
    action: str
    """sagemaker:CreateModel"""
    resource: str
    """The ARN, or * for actions that know no resources."""
    context: dict[str, Any]
    """Condition keys of the service, "iam:PassedToService"; the global ones are known."""

    @property
    def service(self) -> str:
        return self.action.split(":", 1)[0]


@dataclass(frozen=True)
class Denial:
    code: str
    message: str


def install() -> None:
    require(callable(getattr(iam_evaluator, "enforce", None)), "iam_evaluator.enforce is missing")
    require(
        callable(getattr(iam_actions, "identity_denial_message", None)),
        "iam_actions.identity_denial_message is missing",
    )


def denial(access_key_id: str, check: Check) -> Denial | None:
    """Why the call is denied; None where it is allowed."""
    result = iam_evaluator.enforce(
        access_key_id,
        check.action,
        check.service,
        get_region(),
        resource_arn=check.resource,
        service_context=check.context,
    )
    if result is None:
        return None
    if isinstance(result, iam_evaluator.AuthError):
        return Denial(result.code, result.message)
    return Denial("AccessDeniedException", denial_message(check, result))


def denial_message(check: Check, result: Any) -> str:
    if result.resource_policy_arn:
        return (
            f"User: {result.principal_arn} is not authorized to perform: {check.action} on "
            f"resource: {check.resource} with an explicit deny in a resource-based policy"
        )
    return iam_actions.identity_denial_message(
        check.action, result.principal_arn, check.resource, result.decision == "Deny"
    )


def principal_of(access_key_id: str, session_token: str | None) -> str | Denial:
    """The ARN that the key stands for, or why it stands for none."""
    credential = iam_evaluator.resolve_credential(
        access_key_id, get_account_id(), session_token or ""
    )
    if isinstance(credential, iam_evaluator.CredentialResolutionError):
        return Denial(credential.code, credential.message)
    return credential.principal_arn
