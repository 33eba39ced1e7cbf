import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from algorithm_processes import AlgorithmProcesses, python_path  # noqa: E402

sys.path[:0] = python_path("object2vec")

# These networks are small and short-lived: they spend their time in the compiler.
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"
os.environ["JAX_PLATFORMS"] = "cpu"


@pytest.fixture(scope="session")
def processes(tmp_path_factory):
    processes = AlgorithmProcesses("object2vec", tmp_path_factory)
    yield processes
    processes.close()
