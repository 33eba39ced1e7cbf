"""The process of an endpoint, from its start to its exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from .http_app import Answer, App, max_content_length
from .logs import configure_logging
from .opt_ml import OptMl
from .standby import base_directory, wait_for_assignment

#: Loads the model below model/ and returns what answers with it.
MakeAnswer = Callable[[OptMl], Answer]

#: On AWS too the server dies before it listens where its model cannot be loaded.
_NO_MODEL = 3


def run_serving_process(arguments: list[str], load: Callable[[], MakeAnswer]) -> int:
    """What a `serve` entry point does with its arguments; returns the process's exit status.

    `load` imports the algorithm's libraries. The port is SAGEMAKER_BIND_TO_PORT, 8080 without it.
    """
    configure_logging()
    if "--standby" in arguments:
        from . import http_server  # noqa: F401  Loaded now, so that the endpoint need not wait.

        load()
        base = wait_for_assignment()
        if base is None:
            return 0
    else:
        base = base_directory()

    make_answer = load()
    from .http_server import serve

    if os.environ.get("SAGEMAKER_MULTI_MODEL", "false") == "true":
        print(
            "Multi-model endpoints are not supported by the local container.",
            file=sys.stderr,
        )
        return _NO_MODEL
    try:
        app = App(make_answer(OptMl(base)), max_content_length(os.environ))
    except Exception:
        traceback.print_exc()
        return _NO_MODEL
    serve(app, int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080")))
    return 0
