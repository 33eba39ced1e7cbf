"""An upload that S3 has confirmed starts its run, whatever happens to the launcher after that.

ministack sends S3's events from a thread of their own, some time after the answer. Here a target
has accepted the event (a function's queue, which is on disk) before the request is answered.
"""

from typing import Any

from ministack.services import s3

from launcher.patching import require, wrap


def install() -> None:
    require(callable(getattr(s3, "_next_event_sequencer", None)), "s3's sequencer is missing")
    wrap(
        s3,
        "_fire_s3_event_async",
        "bucket_name key event_name size etag deletion_type version_id object_extra record_extra",
        lambda _: _fire_at_once,
    )


def _fire_at_once(bucket_name: str, key: str, event_name: str, *args: Any, **kwargs: Any) -> None:
    if bucket_name in s3._bucket_notifications:
        sequencer = s3._next_event_sequencer(event_name)
        s3._fire_s3_event(bucket_name, key, event_name, *args, sequencer=sequencer, **kwargs)
