"""Requests that AWS refuses and ministack takes."""

import json
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import eventbridge, lambda_svc

from launcher.patching import wrap


def install() -> None:
    wrap(eventbridge, "_delete_rule", "data", _unless_targets)
    wrap(lambda_svc, "_get_policy", "func_name query_params path_qualifier", _unless_empty)


def _unless_targets(delete_rule: Any) -> Any:
    def delete(data: dict[str, Any]) -> Any:
        key = eventbridge._rule_key(data.get("Name"), data.get("EventBusName", "default"))
        if eventbridge._targets.get(key):
            return error_response_json(
                "ValidationException", "Rule can't be deleted since it has targets.", 400
            )
        return delete_rule(data)

    return delete


def _unless_empty(get_policy: Any) -> Any:
    """A function whose last permission was removed has no policy."""

    def get(*args: Any, **kwargs: Any) -> Any:
        response = get_policy(*args, **kwargs)
        if response[0] != 200 or json.loads(json.loads(response[2])["Policy"])["Statement"]:
            return response
        return error_response_json(
            "ResourceNotFoundException", "The resource you requested does not exist.", 404
        )

    return get
