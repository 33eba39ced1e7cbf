import sys

from sagemaker_contract.training import run_training_process


def load():
    from .mean import run_training_job

    return run_training_job


if __name__ == "__main__":
    sys.exit(run_training_process(sys.argv[1:], load))
