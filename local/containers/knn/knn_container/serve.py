"""Entry point of an endpoint: `python -m knn_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.openmp import calm_openmp
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.serving import MakeApp, run_serving_process


def main(arguments: list[str]) -> int:
    calm_openmp()
    return run_serving_process(arguments, load)


def load() -> MakeApp:
    from sagemaker_contract.http_app import App, max_content_length

    from .invocations import invocations
    from .model_files import load_model

    def make_app(opt_ml: OptMl) -> App:
        model = load_model(opt_ml.model)
        return App(invocations(model).answer, max_content_length(os.environ))

    return make_app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
