"""CloudWatch Logs names streams when it asks IAM; ministack names their groups.

`logs:PutLogEvents` is asked for on `...:log-group:<group>:log-stream:<stream>`, and actions on a
group for `...:log-group:<group>:log-stream:`, as denials of AWS show.
"""

import json
from typing import Any

from ministack.core import iam_actions

from launcher.patching import wrap

OF_STREAMS = ("CreateLogStream", "DeleteLogStream", "GetLogEvents", "PutLogEvents")
OF_GROUPS = (
    "CreateLogGroup",
    "DeleteLogGroup",
    "DescribeLogStreams",
    "FilterLogEvents",
    "PutRetentionPolicy",
)


def install() -> None:
    wrap(
        iam_actions,
        "extract_resource_arn",
        "service method path headers body query_params region account_id",
        _naming_streams,
    )


def _naming_streams(extract_resource_arn: Any) -> Any:
    def with_stream(
        service: str, method: str, path: str, headers: dict[str, str], body: bytes, *rest: Any
    ) -> str:
        arn: str = extract_resource_arn(service, method, path, headers, body, *rest)
        if service != "logs" or ":log-group:" not in arn:
            return arn
        action = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        if action in OF_GROUPS:
            return f"{arn}:log-stream:"
        if action in OF_STREAMS:
            return f"{arn}:log-stream:{json.loads(body or b'{}').get('logStreamName', '')}"
        return arn

    return with_stream
