"""MaxDelaySeconds and JitterStrategy of a Retry, which ministack ignores."""

import random
from typing import Any

from ministack.services import stepfunctions

from launcher.patching import wrap


def install() -> None:
    wrap(stepfunctions, "_find_matching_retrier", "retriers error retry_counts", _with_delay)


def _with_delay(find_matching_retrier: Any) -> Any:
    def find(
        retriers: list[dict[str, Any]], error: str, retry_counts: dict[int, int]
    ) -> tuple[Any, int]:
        retrier, index = find_matching_retrier(retriers, error, retry_counts)
        if retrier is None:
            return retrier, index
        # The caller multiplies by the backoff once more: a rate of one leaves the delay as it is.
        delay = delay_seconds(retrier, retry_counts.get(index, 0))
        return {**retrier, "IntervalSeconds": delay, "BackoffRate": 1}, index

    return find


def delay_seconds(retrier: dict[str, Any], earlier_retries: int) -> float:
    delay = retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** earlier_retries
    delay = min(delay, retrier.get("MaxDelaySeconds", delay))
    return random.uniform(0, delay) if retrier.get("JitterStrategy") == "FULL" else delay
