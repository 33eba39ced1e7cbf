"""Which action a request is to IAM: what it does, never what it says of itself.

ministack takes the action from `Action` or `X-Amz-Target` first, also of services that go by method
and path: whoever may list a bucket could delete it as `DELETE /bucket?Action=ListBucket`. And what
it finds no action for it lets any role do. Here only root may do that.
"""

from typing import Any
from urllib.parse import parse_qs

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id

from launcher.patching import require, wrap

# Services whose operations are told by method and path.
BY_PATH = ("s3", "lambda")
FORM = "application/x-www-form-urlencoded"


def install() -> None:
    require(
        callable(getattr(iam_actions, "access_denied_response", None)),
        "iam_actions.access_denied_response is missing",
    )
    wrap(
        iam_actions,
        "extract_iam_action",
        "service method path headers body query_params",
        _by_what_it_does,
    )
    wrap(app, "_authenticate_only", "service headers query_params request_id", _root_alone)


def _by_what_it_does(extract_iam_action: Any) -> Any:
    def action_of(
        service: str,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes,
        query_params: dict[str, Any],
    ) -> str | None:
        if service in BY_PATH:
            headers = {**headers, "x-amz-target": "", "content-type": ""}
            query_params = {key: query_params[key] for key in query_params if key != "Action"}
        elif len(_names(headers, body, query_params)) > 1:
            return None  # IAM might look at one of them and the service at another.
        action: str | None = extract_iam_action(service, method, path, headers, body, query_params)
        return action

    return action_of


def _names(headers: dict[str, str], body: bytes, query_params: dict[str, Any]) -> set[str]:
    """What a request says that it is: once, unless somebody wants it to be taken for another."""
    given = query_params.get("Action") or []
    names = set(given if isinstance(given, list) else [given])
    if body and headers.get("content-type", "").startswith(FORM):
        names.update(parse_qs(body.decode("utf-8", "replace")).get("Action", []))
    target = headers.get("x-amz-target", "")
    if target:
        names.add(target.rsplit(".", 1)[-1])
    return names


def _root_alone(authenticate: Any) -> Any:
    def authenticate_root(
        service: str, headers: dict[str, str], query_params: dict[str, Any], request_id: str
    ) -> Any:
        failure = authenticate(service, headers, query_params, request_id)
        if failure is not None:
            return failure
        key = app.extract_access_key_id(headers, query_params)
        caller = iam_evaluator.resolve_credential(key, get_account_id())
        if getattr(caller, "principal_type", "") == "Root":
            return None
        arn = getattr(caller, "principal_arn", "anonymous")
        return iam_actions.access_denied_response(
            service,
            f"{service}:*",
            arn,
            request_id,
            headers=headers,
            message=f"User: {arn} is not authorized: the local cloud knows no action of IAM "
            f"for this request to {service}, so that no policy can allow it",
        )

    return authenticate_root
