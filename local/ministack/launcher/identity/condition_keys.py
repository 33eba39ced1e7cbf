"""Condition keys of services that ministack leaves out, for requests that come over HTTP."""

import json
from typing import Any

from ministack.core import iam_actions

from launcher.patching import wrap


def install() -> None:
    wrap(iam_actions, "request_tag_context", "service iam_action body params", _with_more)


def _with_more(request_tag_context: Any) -> Any:
    def context(
        service: str, iam_action: str, body: bytes, params: dict[str, Any]
    ) -> dict[str, Any]:
        keys = request_tag_context(service, iam_action, body, params)
        if iam_action == "events:PutEvents":
            keys.update(_common_keys(json.loads(body or b"{}").get("Entries", [])))
        return keys

    return context


def _common_keys(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """AWS looks at each entry; here a request is looked at once.

    Entries with different values have a value that no policy names: they are denied together.
    """
    found: dict[str, set[str]] = {}
    for entry in entries:
        for key, value in event_keys(entry).items():
            found.setdefault(key, set()).add(value)
    return {
        key: values.pop() if len(values) == 1 else sorted(values) for key, values in found.items()
    }


def event_keys(entry: dict[str, Any]) -> dict[str, Any]:
    """Condition keys of one entry of PutEvents.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    keys = {"events:source": entry.get("Source"), "events:detail-type": entry.get("DetailType")}
    return {key: value for key, value in keys.items() if value is not None}
