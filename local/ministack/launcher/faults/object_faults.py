"""S3 asks its callers to slow down."""

from typing import Any

from ministack.services import s3

from launcher.faults.plan import plan
from launcher.patching import require, wrap

# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
MESSAGE = "Please reduce your request rate."


def install() -> None:
    require(callable(getattr(s3, "_error", None)), "s3._error is missing")
    require(callable(getattr(s3, "_parse_bucket_key", None)), "s3._parse_bucket_key is missing")
    wrap(
        s3,
        "handle_request",
        "method path headers body query_params signed_path enforce_bucket_region internal "
        "access_point_region access_point",
        _slowing_down,
    )


def _slowing_down(handle_request: Any) -> Any:
    async def handle(
        method: str, path: str, headers: dict[str, str], *args: Any, **kwargs: Any
    ) -> Any:
        _, key = s3._parse_bucket_key(path, headers)
        if key and plan.striking("s3-slow-down", key.startswith):
            return s3._error("SlowDown", MESSAGE, 503, path)
        return await handle_request(method, path, headers, *args, **kwargs)

    return handle
