"""The account's root user: the keys with which the user's own tools sign, and no others.

ministack takes several well-known keys for root's without looking at their signatures. Here root's
are kept as a session's are, so that the signature of each request is verified.
"""

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import sts

from launcher.patching import wrap
from launcher.settings import Keys


def install(keys: Keys) -> None:
    wrap(iam_evaluator, "is_root_access_key", "access_key_id", lambda _: _never)
    account = get_account_id()
    sts.register_session(
        keys.access_key_id,
        {
            "Arn": f"arn:aws:iam::{account}:root",
            "UserId": account,
            "AccountId": account,
            "PrincipalType": "Root",
            "SecretAccessKey": keys.secret_access_key,
        },
    )


def _never(access_key_id: str) -> bool:
    del access_key_id
    return False
