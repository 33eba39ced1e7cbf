"""The process of a training job, from its start to its exit status."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from .errors import UserError
from .logs import configure_logging
from .opt_ml import OptMl
from .standby import base_directory, wait_for_assignment

logger = logging.getLogger(__name__)

#: Trains as input/config says and leaves the model in model/.
TrainingJob = Callable[[OptMl], None]
#: What the failure file says about an error, and the exit status that goes with it.
FailureReport = Callable[[Exception], tuple[str, int]]

_USER_ERROR, _OTHER_ERROR = 2, 1


def report_failure(error: Exception) -> tuple[str, int]:
    """The sentence alone where the user can mend it, with exit status 2; otherwise the traceback,
    with 1.
    """
    if isinstance(error, UserError):
        return str(error), _USER_ERROR
    return f"{traceback.format_exc()}\n{error}", _OTHER_ERROR


def run_training_process(
    arguments: list[str],
    load: Callable[[], TrainingJob],
    report: FailureReport = report_failure,
) -> int:
    """What a `train` entry point does with its arguments; returns the process's exit status.

    `load` imports the algorithm's libraries and returns its job. With `--standby` that is done
    before the process says that it waits, so that the job itself need not wait for it.
    """
    configure_logging()
    if "--standby" in arguments:
        load()
        base = wait_for_assignment()
        if base is None:
            return 0
    else:
        base = base_directory()
    return train(base, load, report)


def train(base: Path, load: Callable[[], TrainingJob], report: FailureReport) -> int:
    """Runs the job below `base`; a failure is also written to output/failure."""
    opt_ml = OptMl(base)
    try:
        load()(opt_ml)
    except Exception as error:
        text, status = report(error)
        logger.error("Reporting training FAILURE")
        logger.error(text)
        opt_ml.output.mkdir(parents=True, exist_ok=True)
        opt_ml.failure.write_text(text, encoding="utf-8")
        return status
    sys.stdout.flush()
    return 0
