import multiprocessing
import os
import sys
from pathlib import Path

import pytest

PACKAGE_ROOT = Path(__file__).parents[3] / "local" / "containers" / "xgboost"
sys.path.insert(0, str(PACKAGE_ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from recorded_cases import CASES, NOT_MATCHED  # noqa: E402
from workers import Workers  # noqa: E402


@pytest.fixture(scope="session")
def workers(tmp_path_factory):
    """Training and serving processes, forked from one that has loaded XGBoost already."""
    os.environ["PYTHONPATH"] = str(PACKAGE_ROOT)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["pytest", "xgboost_container.training_job", "xgboost_container.serve.server", "workers"]
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
