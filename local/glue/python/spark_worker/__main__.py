"""
`python -m spark_worker --work-dir DIR --heap-megabytes N`: a Spark process that waits for runs.

Standard input: one JSON object a line for each run, one run at a time:
    {"run": id, "script": path, "argv": [...], "pyFiles": [...], "buckets": {name: folder},
    "hadoop": {name: value}, "cwd": path, "env": {...}}
Standard output, one JSON object a line:
    {"event": "ready"}                                       a run would start at once (told before
    each run) {"event": "output", "stream": "stdout"|"stderr", "line"} of the script, or of Spark
    (stderr) {"event": "finished", "run": id, "error": message|null}
It ends when standard input closes, or with status 1 when the Java virtual machine ends.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from spark_worker.class_archive import archive_options
from spark_worker.java_machine import JavaMachine, java_options
from spark_worker.rehearsal import rehearsal_run
from spark_worker.settings import spark_properties
from spark_worker.supervisor import Supervisor


def main() -> None:
    parser = argparse.ArgumentParser(prog="spark_worker")
    parser.add_argument("--work-dir", type=Path, required=True)
    parser.add_argument("--heap-megabytes", type=int, required=True)
    arguments = parser.parse_args()
    work_dir = arguments.work_dir.absolute()
    work_dir.mkdir(parents=True, exist_ok=True)
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["TMPDIR"] = str(work_dir)

    properties = spark_properties(work_dir)
    options = java_options(work_dir, properties, archive_options(), arguments.heap_megabytes)
    machine = JavaMachine.start(work_dir, options)
    # While Java starts: what scripts import. Each run is forked from here and finds it loaded.
    import pyspark.sql.functions
    import pyspark.sql.types  # noqa: F401

    port, secret = machine.await_connection()
    os.environ["PYSPARK_GATEWAY_PORT"] = str(port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = secret
    Supervisor(machine, rehearsal_run(work_dir)).serve()


main()
