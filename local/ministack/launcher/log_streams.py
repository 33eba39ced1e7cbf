"""Log events are looked for in the streams whose names start as asked; ministack looks in all.

AWS takes `logStreamNames` or `logStreamNamePrefix`, and refuses both:
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
"""

from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cloudwatch_logs

from launcher.patching import require, wrap


def install() -> None:
    for name in ("_log_groups", "_resolve_log_group_name"):
        require(hasattr(cloudwatch_logs, name), f"cloudwatch_logs.{name} is missing")
    wrap(cloudwatch_logs, "_filter_log_events", "data", _by_prefix)


def _by_prefix(filter_log_events: Any) -> Any:
    def filter_events(data: dict[str, Any]) -> Any:
        prefix = data.get("logStreamNamePrefix")
        group = cloudwatch_logs._resolve_log_group_name(data)
        if prefix is None or group not in cloudwatch_logs._log_groups:
            return filter_log_events(data)
        if data.get("logStreamNames"):
            message = "logStreamNamePrefix and logStreamNames cannot both be specified."
            return error_response_json("InvalidParameterException", message, 400)
        streams = cloudwatch_logs._log_groups[group]["streams"]
        names = [name for name in list(streams) if name.startswith(prefix)]
        if not names:  # none would stand for all
            return json_response({"events": [], "searchedLogStreams": []})
        return filter_log_events({**data, "logStreamNames": names})

    return filter_events
