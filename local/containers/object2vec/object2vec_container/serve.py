"""Entry point of an endpoint: `python -m object2vec_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.http_app import Answer
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.serving import MakeAnswer, run_serving_process


def main(arguments: list[str]) -> int:
    return run_serving_process(arguments, load)


def load() -> MakeAnswer:
    from .invocations import Invocations, check_preferred_mode
    from .model_files import load_model

    def make_answer(opt_ml: OptMl) -> Answer:
        check_preferred_mode(os.environ)
        return Invocations(load_model(opt_ml.model)).answer

    return make_answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
