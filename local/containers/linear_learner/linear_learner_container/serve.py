"""Entry point of the serving worker: `python -m linear_learner_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys

from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.serving import MakeApp, run_serving_process

ANSWERS = ("application/json", "application/jsonlines", "application/x-recordio-protobuf")


def main(arguments: list[str]) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run_serving_process(arguments, load)


def load() -> MakeApp:
    from sagemaker_contract.http_app import App, max_content_length
    from sagemaker_contract.row_invocations import RowInvocations

    from .linear_model import load_model

    def make_app(opt_ml: OptMl) -> App:
        model = load_model(opt_ml.model)
        invocations = RowInvocations(
            lambda rows, accepted: model.predict(rows), model.feature_dim, ANSWERS
        )
        return App(invocations.answer, max_content_length(os.environ))

    return make_app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
