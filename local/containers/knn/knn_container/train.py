"""Entry point of a training job: `python -m knn_container.train [--standby]`."""

from __future__ import annotations

import sys

from sagemaker_contract.openmp import calm_openmp
from sagemaker_contract.training import TrainingJob, run_training_process


def main(arguments: list[str]) -> int:
    calm_openmp()
    return run_training_process(arguments, load)


def load() -> TrainingJob:
    from .training_job import run_training_job

    return run_training_job


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
