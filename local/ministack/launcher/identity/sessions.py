"""Sessions of roles that AWS services assume: functions, state machines, jobs and endpoints.

A role is assumed only if its trust policy lets the service in, with the conditions that it sets:
https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

import base64
import hashlib
import hmac
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator, persistence
from ministack.core.responses import get_region
from ministack.services import iam, sts

from launcher.line_file import LineFile
from launcher.patching import require

_issuing = threading.Lock()


@dataclass(frozen=True)
class Session:
    access_key_id: str
    secret_access_key: str
    token: str
    principal: str
    """arn:aws:sts::<account>:assumed-role/<role>/<session>"""


class AssumeRoleDeniedError(Exception):
    """The role does not exist, or its trust policy does not let the service assume it."""


def install(secret: str) -> None:
    for owner, name in (
        (iam_evaluator, "evaluate_resource_policy"),
        (iam_evaluator, "EvalContext"),
        (sts, "register_session"),
        (iam, "_roles"),
    ):
        require(hasattr(owner, name), f"{owner.__name__}.{name} is missing")
    require(sts._sessions == {}, "sts._sessions is no empty dict")
    _keys.append(KeyDerivation(secret))
    own = _journal()
    for record in own.read():
        _register(**record)
    # Those of a launcher with another secret hold for nobody any more.
    for path in own.path.parent.glob("sessions-*.jsonl"):
        if path != own.path:
            path.unlink()


def assume(
    role_arn: str,
    service: str,
    session_name: str,
    source_arn: str | None = None,
    source_account: str | None = None,
) -> Session:
    """A session of the role for an AWS service, `glue.amazonaws.com`; it does not expire.

    The same session for the same role and name: its policies are looked up at each call anyway.
    Raises AssumeRoleDeniedError.
    """
    role = _trusting_role(role_arn, service, source_arn, source_account)
    account = role_arn.split(":")[4]
    principal = f"arn:aws:sts::{account}:assumed-role/{role['RoleName']}/{session_name}"
    user_id = f"{role['RoleId']}:{session_name}"
    with _issuing:
        for access_key_id, known in sts._sessions.items():
            if known.get("Arn") == principal and known.get("UserId") == user_id:
                return Session(
                    access_key_id, known["SecretAccessKey"], known["SessionToken"], principal
                )
        _journal().append({"principal": principal, "user_id": user_id, "account": account})
        return _register(principal, user_id, account)


def _register(principal: str, user_id: str, account: str) -> Session:
    session = _keys[0].session(principal, user_id)
    sts.register_session(
        session.access_key_id,
        {
            "Arn": principal,
            "UserId": user_id,
            "AccountId": account,
            "SecretAccessKey": session.secret_access_key,
            "SessionToken": session.token,
        },
    )
    return session


class KeyDerivation:
    """Keys of sessions from the launcher's secret.

    Whoever holds a session can go on with it when the launcher is started again with its secret,
    and no key has to be kept on disk for that.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.name = hashlib.sha256(self._secret).hexdigest()[:16]

    def session(self, principal: str, user_id: str) -> Session:
        def derive(purpose: str, length: int) -> str:
            text = "\n".join((purpose, principal, user_id))
            digest = hmac.new(self._secret, text.encode(), hashlib.sha512).digest()
            return base64.b32encode(digest).decode()[:length]

        return Session(
            f"ASIA{derive('access key', 16)}",
            derive("secret access key", 40),
            derive("session token", 80),
            principal,
        )


_keys: list[KeyDerivation] = []


def _journal() -> LineFile:
    return LineFile(Path(persistence.STATE_DIR) / f"sessions-{_keys[0].name}.jsonl")


def _trusting_role(
    role_arn: str, service: str, source_arn: str | None, source_account: str | None
) -> dict[str, Any]:
    parts = role_arn.split(":")
    if len(parts) != 6 or not parts[5].startswith("role/"):
        raise AssumeRoleDeniedError(f"{role_arn} is no ARN of a role")
    role = iam._roles.get_scoped(parts[4], None, parts[5].rsplit("/", 1)[-1])
    if role is None or role.get("Arn") != role_arn:
        raise AssumeRoleDeniedError(f"The role {role_arn} does not exist")
    context: dict[str, Any] = {"aws:sourcearn": source_arn, "aws:sourceaccount": source_account}
    request = iam_evaluator.EvalContext(
        principal_arn=service,
        principal_type="Service",
        principal_account="",
        action="sts:AssumeRole",
        resource_arn=role_arn,
        region=get_region(),
        service_context={key: value for key, value in context.items() if value is not None},
    )
    trust = role.get("AssumeRolePolicyDocument")
    if iam_evaluator.evaluate_resource_policy(trust, request, service=service).decision != "Allow":
        raise AssumeRoleDeniedError(
            f"User: {service} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
        )
    return role
