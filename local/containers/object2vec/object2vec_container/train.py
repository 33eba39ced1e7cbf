"""Entry point of the training worker: `python -m object2vec_container.train [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.training import TrainingJob, run_training_process


def main(arguments: list[str]) -> int:
    return run_training_process(arguments, load)


def load() -> TrainingJob:
    # JAX looks for TPUs and GPUs otherwise, and says at length that there are none.
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax

    from .training_job import run_training_job

    # Starts JAX's backend, which a worker on standby need not do when its job has come.
    jax.random.fold_in(jax.random.key(0), 0)
    return run_training_job


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
