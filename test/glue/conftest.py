"""One Spark for all tests, started as the local Glue starts it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATHS = [str(ROOT / path) for path in ("glue", "glue/lib", "local/glue/python", "test/glue")]
sys.path[:0] = PATHS

from spark_worker.class_archive import archive_options  # noqa: E402
from spark_worker.java_machine import JavaMachine, java_options  # noqa: E402
from spark_worker.settings import spark_properties  # noqa: E402


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    work_dir = tmp_path_factory.mktemp("spark")
    options = java_options(work_dir, spark_properties(work_dir), archive_options(), 2048)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(PATHS)  # for the processes that run rows' functions
    machine = JavaMachine.start(work_dir, options)
    port, secret = machine.await_connection()
    os.environ["PYSPARK_GATEWAY_PORT"] = str(port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = secret
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    yield session
    session.stop()
    SparkSession.builder._options.clear()
    assert session._sc._gateway is not None
    session._sc._gateway.shutdown()
    machine.process.stdin.close()
    machine.process.wait()
