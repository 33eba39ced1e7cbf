import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from algorithm_processes import AlgorithmProcesses, python_path  # noqa: E402

sys.path[:0] = python_path("linear_learner")


@pytest.fixture(scope="session")
def processes(tmp_path_factory):
    processes = AlgorithmProcesses("linear_learner", tmp_path_factory)
    yield processes
    processes.close()
