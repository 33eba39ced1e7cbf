"""Who may not list a bucket is not told that an object is not there: S3 answers 403 for 404.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, section Permissions. The key
counts as the prefix of the listing, for policies that allow some prefixes only.
"""

from typing import Any

from ministack.core import router
from ministack.services import s3

from launcher.identity.authorization import Check, denial
from launcher.patching import require, wrap

Answer = tuple[int, dict[str, str], bytes]


def install() -> None:
    require(
        callable(getattr(router, "extract_access_key_id", None)),
        "router.extract_access_key_id is missing",
    )
    require(callable(getattr(s3, "_error", None)), "s3._error is missing")
    for name in ("_get_object", "_head_object"):
        wrap(s3, name, "bucket_name key headers query_params", _guarded)


def _guarded(read: Any) -> Any:
    def read_object(
        bucket_name: str,
        key: str,
        headers: dict[str, str] | None = None,
        query_params: dict[str, Any] | None = None,
    ) -> Answer:
        answer: Answer = read(bucket_name, key, headers, query_params)
        if answer[0] != 404 or bucket_name not in s3._buckets:
            return answer
        caller = router.extract_access_key_id(headers or {}, query_params)
        if caller and _denied_listing(caller, bucket_name, key):
            forbidden: Answer = s3._error(
                "AccessDenied", "Access Denied", 403, f"/{bucket_name}/{key}"
            )
            return forbidden
        return answer

    return read_object


def _denied_listing(access_key_id: str, bucket: str, key: str) -> bool:
    arn = f"arn:aws:s3:::{bucket}"
    return denial(access_key_id, Check("s3:ListBucket", arn, {"s3:prefix": key})) is not None
