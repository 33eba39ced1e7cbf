"""Entry point of the training worker: `python -m xgboost_container.train [--standby]`."""

from __future__ import annotations

import sys
import traceback

from sagemaker_contract.openmp import calm_openmp
from sagemaker_contract.training import TrainingJob, run_training_process


def main(arguments: list[str]) -> int:
    calm_openmp()
    return run_training_process(arguments, load, report_failure)


def load() -> TrainingJob:
    from .training_job import run_training_job

    return run_training_job


def report_failure(error: Exception) -> tuple[str, int]:
    """The text and the exit status of the toolkit that XGBoost's container is built on."""
    text = f"framework error: \n{traceback.format_exc()}\n{error}"
    return text, getattr(error, "errno", None) or 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
