"""S3's EventBridge events with the fields of AWS.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
"""

import contextvars
import json
from typing import Any

from ministack.services import eventbridge, s3

from launcher.patching import wrap

_version_id: contextvars.ContextVar[str | None] = contextvars.ContextVar("version_id", default=None)


def install() -> None:
    wrap(
        s3,
        "_fire_s3_event",
        "bucket_name key event_name size etag deletion_type restore_event_data version_id "
        "sequencer object_extra record_extra",
        _knowing_version,
    )
    wrap(eventbridge, "_dispatch_event", "event view", _as_aws)


def _knowing_version(fire: Any) -> Any:
    def fire_s3_event(*args: Any, version_id: str | None = None, **kwargs: Any) -> None:
        token = _version_id.set(version_id)
        try:
            fire(*args, version_id=version_id, **kwargs)
        finally:
            _version_id.reset(token)

    return fire_s3_event


def _as_aws(dispatch: Any) -> Any:
    def dispatch_event(event: dict[str, Any], view: Any = None) -> None:
        if event["Source"] == "aws.s3":
            event = _as_aws_sends_it(event, _version_id.get())
        dispatch(event, view)

    return dispatch_event


def _as_aws_sends_it(event: dict[str, Any], version_id: str | None) -> dict[str, Any]:
    detail = json.loads(event["Detail"])
    detail.pop("event-version", None)  # Of S3's notification records; events have `version` alone.
    if version_id is not None:
        detail["object"]["version-id"] = version_id
    # In whole seconds.
    return {**event, "Detail": json.dumps(detail), "Time": f"{event['Time'][:19]}Z"}
