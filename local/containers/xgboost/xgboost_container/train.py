"""Entry point of the training worker: `python -m xgboost_container.train [--standby]`."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

from .logs import configure_logging
from .openmp import calm_openmp
from .opt_ml import OptMl
from .standby import base_directory, wait_for_assignment

logger = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    calm_openmp()
    configure_logging()
    if "--standby" in arguments:
        from . import training_job  # noqa: F401  Loaded now, so that the job itself need not wait for it.

        base = wait_for_assignment()
        if base is None:
            return 0
    else:
        base = base_directory()
    return train(base)


def train(base: Path) -> int:
    """Runs the job below `base` and gives the process's exit status; a failure is also written to
    output/failure.
    """
    opt_ml = OptMl(base)
    try:
        from .training_job import run_training_job

        run_training_job(opt_ml)
    except Exception as error:
        text = f"framework error: \n{traceback.format_exc()}\n{error}"
        logger.error("Reporting training FAILURE")
        logger.error(text)
        opt_ml.output.mkdir(parents=True, exist_ok=True)
        opt_ml.failure.write_text(text, encoding="utf-8")
        return getattr(error, "errno", None) or 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
