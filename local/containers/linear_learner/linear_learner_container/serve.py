"""Entry point of the serving worker: `python -m linear_learner_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.http_app import Answer
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.serving import MakeAnswer, run_serving_process

ANSWERS = ("application/json", "application/jsonlines", "application/x-recordio-protobuf")


def main(arguments: list[str]) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run_serving_process(arguments, load)


def load() -> MakeAnswer:
    from sagemaker_contract.row_invocations import RowInvocations

    from .linear_model import load_model

    def make_answer(opt_ml: OptMl) -> Answer:
        model = load_model(opt_ml.model)
        return RowInvocations(
            lambda rows, accepted: model.predict(rows), model.feature_dim, ANSWERS
        ).answer

    return make_answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
