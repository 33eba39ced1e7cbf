"""Deliveries of AWS's own services, which are no principals of IAM.

The policy of the resource that they deliver to decides alone, with the source that they act for.
"""

from ministack.core import iam_evaluator
from ministack.core.responses import get_region

from launcher.identity.authorization import Check, Denial
from launcher.patching import require


def install() -> None:
    require(
        callable(getattr(iam_evaluator, "_resource_policy", None)),
        "iam_evaluator._resource_policy is missing",
    )


def denial(service: str, source_arn: str, check: Check) -> Denial | None:
    """Why `service` (events.amazonaws.com) may not deliver for `source_arn`; None where it may."""
    policy, _ = iam_evaluator._resource_policy(check.service, check.resource) or (None, None)
    request = iam_evaluator.EvalContext(
        principal_arn=service,
        principal_type="Service",
        principal_account="",
        action=check.action,
        resource_arn=check.resource,
        region=get_region(),
        service_context={
            "aws:sourcearn": source_arn,
            "aws:sourceaccount": source_arn.split(":")[4],
        },
    )
    if iam_evaluator.evaluate_resource_policy(policy, request, service=service).decision == "Allow":
        return None
    return Denial(
        "AccessDeniedException",
        f"User: {service} is not authorized to perform: {check.action} on resource: "
        f"{check.resource} because no resource-based policy allows the {check.action} action",
    )
