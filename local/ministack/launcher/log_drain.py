"""A function that logs nothing answers at once: ministack waits 50 ms for lines that may come."""

from ministack.core.lambda_runtime import Worker

from launcher.patching import require

FIRST_LINE_SECONDS = 0.004
QUIET_SECONDS = 0.002
LONGEST_SECONDS = 0.250


def install() -> None:
    defaults = Worker._drain_stderr_bounded.__defaults__
    require(
        defaults == (0.050, 0.005, 0.250), f"Worker._drain_stderr_bounded waits {defaults} by now"
    )
    Worker._drain_stderr_bounded.__defaults__ = (FIRST_LINE_SECONDS, QUIET_SECONDS, LONGEST_SECONDS)
