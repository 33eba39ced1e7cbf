"""Entry point of the serving worker: `python -m xgboost_container.serve [--standby]`."""

from __future__ import annotations

import os
import sys
import traceback

from ..logs import configure_logging
from ..openmp import calm_openmp
from ..opt_ml import OptMl
from ..standby import base_directory, wait_for_assignment


def main(arguments: list[str]) -> int:
    calm_openmp()
    configure_logging()
    if "--standby" in arguments:
        from . import predictor, server  # noqa: F401  Loaded now, so that the endpoint need not wait.

        base = wait_for_assignment()
        if base is None:
            return 0
    else:
        base = base_directory()

    from ..model_files import load_models
    from .app import App
    from .predictor import Predictor
    from .server import serve
    from .settings import Settings

    if os.environ.get("SAGEMAKER_MULTI_MODEL", "false") == "true":
        print(
            "Multi-model endpoints are not supported by the local XGBoost container.",
            file=sys.stderr,
        )
        return 3
    settings = Settings.from_environment(os.environ)
    try:
        predictor = Predictor(load_models(OptMl(base).model, settings.ensemble))
    except Exception:
        traceback.print_exc()  # On AWS too the server dies before it listens.
        return 3
    serve(App(predictor, settings), int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
