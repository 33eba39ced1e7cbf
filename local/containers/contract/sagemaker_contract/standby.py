"""A worker that has its libraries loaded and waits to be told which job it is."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def wait_for_assignment() -> Path | None:
    """Says that the process is ready, then waits for one line of JSON on standard input.

    The line is `{"baseDir": <folder that stands for /opt/ml>, "env": {name: value}}`; `env` is
    added to this process's environment.

    Returns the base folder, or None when standard input closed instead: nobody needs this worker.
    """
    print("standby", flush=True)
    with open(0, "rb", buffering=0, closefd=False) as stdin:
        line = stdin.readline()
    if not line.strip():
        return None
    assignment = json.loads(line)
    os.environ.update({str(name): str(value) for name, value in assignment.get("env", {}).items()})
    return Path(assignment["baseDir"])


def base_directory() -> Path:
    """The folder that stands for /opt/ml in a process that was started for one job. Ends the
    process where none is named.
    """
    base = os.environ.get("SAGEMAKER_BASE_DIR")
    if not base:
        sys.exit("SAGEMAKER_BASE_DIR is not set: it names the folder that stands for /opt/ml")
    return Path(base)
