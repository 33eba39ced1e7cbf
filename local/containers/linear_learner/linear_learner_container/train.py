"""Entry point of the training worker: `python -m linear_learner_container.train [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.training import TrainingJob, run_training_process


def main(arguments: list[str]) -> int:
    # Products of mini-batches are too small to be shared among threads, which would only spin.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run_training_process(arguments, load)


def load() -> TrainingJob:
    from .training_job import run_training_job

    return run_training_job


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
