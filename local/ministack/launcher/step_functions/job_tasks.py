"""Run a job and wait for it (.sync): https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html"""

import json
import logging
from collections.abc import Callable
from typing import Any, NoReturn

from ministack.services import stepfunctions

from launcher.backend import BackendError
from launcher.step_functions.running_tasks import ExecutionEnded, current_task

logger = logging.getLogger("launcher.job_tasks")

# A job is asked for often while it is young and ever less often then: the wait adds a tenth to its
# time at most, and never more than the longest pause.
SHORTEST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.25
PAUSE_GROWTH = 1.1


def wait_for_job(
    describe: Callable[[], dict[str, Any]],
    is_over: Callable[[dict[str, Any]], bool],
    stop: Callable[[], object],
) -> dict[str, Any]:
    """The job's description once it is over. Stops the job when its task is no longer wanted."""
    task = current_task()
    pause = SHORTEST_PAUSE_SECONDS
    while True:
        job = describe()
        if is_over(job):
            return job
        if task.wait(pause):
            try:
                stop()
            except (
                BackendError
            ) as error:  # Best effort, as on AWS: it may have ended in this moment.
                logger.warning("a job whose task ended was not stopped: %s", error)
            raise ExecutionEnded
        pause = min(pause * PAUSE_GROWTH, LONGEST_PAUSE_SECONDS)


def fail_task(job: dict[str, Any]) -> NoReturn:
    """A job that failed, was stopped or timed out fails its task; its description is the cause."""
    raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(job, separators=(",", ":")))
