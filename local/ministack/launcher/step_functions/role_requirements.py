"""What Step Functions wants of a state machine's role before it creates or updates the machine.

It must trust Step Functions, and be allowed to deliver logs, and to keep the account's rules by
which Step Functions hears of ended jobs:
https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
https://docs.aws.amazon.com/step-functions/latest/dg/sagemaker-iam.html
"""

import re
from typing import Any

from ministack.core.responses import error_response_json, get_account_id, get_region
from ministack.services import stepfunctions

from launcher.identity.authorization import Check, denial
from launcher.identity.sessions import AssumeRoleDeniedError
from launcher.patching import wrap
from launcher.step_functions import machine_role

LOG_DELIVERY = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)
RULE_KEEPING = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
RULES = {
    "sagemaker:createTrainingJob.sync": "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
    "sagemaker:createTransformJob.sync": "StepFunctionsGetEventsForSageMakerTransformJobsRule",
    "sagemaker:createHyperParameterTuningJob.sync": (
        "StepFunctionsGetEventsForSageMakerTuningJobsRule"
    ),
    "sagemaker:createProcessingJob.sync": "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
    "states:startExecution.sync": "StepFunctionsGetEventsForStepFunctionsExecutionRule",
}
INTEGRATION = re.compile(r"arn:aws:states:::([a-zA-Z]+:[a-zA-Z]+\.sync)")


def install() -> None:
    wrap(stepfunctions, "_create_state_machine", "data", _create_checked)
    wrap(stepfunctions, "_update_state_machine", "data", _update_checked)


def _create_checked(create: Any) -> Any:
    def create_state_machine(data: dict[str, Any]) -> Any:
        arn = f"arn:aws:states:{get_region()}:{get_account_id()}:stateMachine:{data.get('name')}"
        return _refusal(arn, data) or create(data)

    return create_state_machine


def _update_checked(update: Any) -> Any:
    def update_state_machine(data: dict[str, Any]) -> Any:
        machine = stepfunctions._state_machines.get(data.get("stateMachineArn"))
        if machine is None:
            return update(data)
        return _refusal(machine["stateMachineArn"], {**machine, **data}) or update(data)

    return update_state_machine


def _refusal(machine_arn: str, machine: dict[str, Any]) -> Any:
    role_arn = machine.get("roleArn", "")
    try:
        session = machine_role.assume(role_arn, machine_arn)
    except AssumeRoleDeniedError:
        return _denied(
            f"Neither the global service principal {machine_role.SERVICE}, nor the regional one "
            "is authorized to assume the provided role."
        )
    if (machine.get("loggingConfiguration") or {}).get("level", "OFF") != "OFF" and any(
        denial(session.access_key_id, Check(action, "*", {})) for action in LOG_DELIVERY
    ):
        return _denied("The state machine IAM Role is not authorized to access the Log Destination")
    if any(
        denial(session.access_key_id, Check(action, _rule_arn(rule), {}))
        for rule in _rules(machine.get("definition", "{}"))
        for action in RULE_KEEPING
    ):
        return _denied(f"'{role_arn}' is not authorized to create managed-rule.")
    return None


def _rules(definition: str) -> set[str]:
    integrations = set(INTEGRATION.findall(definition))
    return {RULES[integration] for integration in integrations if integration in RULES}


def _rule_arn(rule: str) -> str:
    return f"arn:aws:events:{get_region()}:{get_account_id()}:rule/{rule}"


def _denied(message: str) -> Any:
    return error_response_json("AccessDeniedException", message, 400)
