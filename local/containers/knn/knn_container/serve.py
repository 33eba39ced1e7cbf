"""Entry point of an endpoint: `python -m knn_container.serve [--standby]`."""

from __future__ import annotations

import sys

from sagemaker_contract.openmp import calm_openmp
from sagemaker_contract.serving import MakeAnswer, run_serving_process


def main(arguments: list[str]) -> int:
    calm_openmp()
    return run_serving_process(arguments, load)


def load() -> MakeAnswer:
    from .invocations import invocations
    from .model_files import load_model

    return lambda opt_ml: invocations(load_model(opt_ml.model)).answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
