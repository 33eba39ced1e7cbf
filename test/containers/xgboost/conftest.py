import multiprocessing
import os
import sys
from pathlib import Path

import pytest

CONTAINERS = Path(__file__).parents[3] / "local" / "containers"
PYTHONPATH = [str(CONTAINERS / "xgboost"), str(CONTAINERS / "contract")]
sys.path[:0] = PYTHONPATH
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "support")]

from recorded_cases import CASES, NOT_MATCHED  # noqa: E402
from workers import Workers  # noqa: E402


@pytest.fixture(scope="session")
def workers(tmp_path_factory):
    """Training and serving processes, forked from one that has loaded XGBoost already."""
    os.environ["PYTHONPATH"] = os.pathsep.join(PYTHONPATH)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["pytest", "xgboost_container.training_job", "sagemaker_contract.http_server", "workers"]
    )
    workers = Workers(context, tmp_path_factory)
    yield workers
    workers.close()


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(
        f"recorded container cases: {len(CASES)}, of which not matched: {len(NOT_MATCHED)}"
    )
    for case_id, reason in NOT_MATCHED.items():
        terminalreporter.write_line(f"  {case_id}: {reason}")
