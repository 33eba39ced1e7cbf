"""Entry point of the serving worker: `python -m xgboost_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.http_app import Answer
from sagemaker_contract.openmp import calm_openmp
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.serving import MakeAnswer, run_serving_process


def main(arguments: list[str]) -> int:
    calm_openmp()
    return run_serving_process(arguments, load)


def load() -> MakeAnswer:
    from ..model_files import load_models
    from .invocations import Invocations
    from .predictor import Predictor
    from .settings import Settings

    def make_answer(opt_ml: OptMl) -> Answer:
        settings = Settings.from_environment(os.environ)
        predictor = Predictor(load_models(opt_ml.model, settings.ensemble))
        return Invocations(predictor, settings).answer

    return make_answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
