"""
Class data of Spark, parsed and checked beforehand, which Java maps into memory: saves 2 s of a
start.

`python -m spark_worker.class_archive` makes it, once for each environment (about 130 MB, 15 s); it
is kept in the environment's own folder. Without it Java starts as it would anyway.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from spark_worker import rehearsal
from spark_worker.java_machine import JavaMachine, class_path, java_command, java_options
from spark_worker.settings import spark_properties


def archive_files() -> tuple[Path, Path]:
    """
    Java's own classes, then Spark's. The name changes with all that an archive is only valid for.
    """
    jars = class_path().split(os.pathsep)
    state = [
        java_command(),
        *(f"{jar} {os.stat(jar).st_size} {os.stat(jar).st_mtime_ns}" for jar in jars),
    ]
    state += [
        str(os.stat(java_command()).st_mtime_ns),
        Path(rehearsal.__file__).read_text(),
    ]
    digest = hashlib.sha256("\n".join(state).encode()).hexdigest()[:12]
    folder = Path(sys.prefix) / "class-archive"
    return folder / f"java-{digest}.jsa", folder / f"spark-{digest}.jsa"


def archive_options() -> list[str]:
    """Options that have Java use the archive; none where there is no archive."""
    base, spark = archive_files()
    return [f"-XX:SharedArchiveFile={base}{os.pathsep}{spark}"] if spark.exists() else []


def make_archive() -> Path:
    """
    Makes the archive unless it is there: starts Spark, does a bit of everything, and has Java write
    down what it loaded.
    """
    base, spark = archive_files()
    if spark.exists():
        return spark
    base.parent.mkdir(exist_ok=True)
    for old in base.parent.glob("*.jsa*"):
        old.unlink()
    subprocess.run(
        [java_command(), "-Xshare:dump", "-XX:+UseSerialGC", f"-XX:SharedArchiveFile={base}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    unfinished = spark.with_suffix(".jsa.unfinished")
    with tempfile.TemporaryDirectory() as folder:
        options = [f"-XX:SharedArchiveFile={base}", f"-XX:ArchiveClassesAtExit={unfinished}"]
        work_dir = Path(folder)
        _rehearse(work_dir, java_options(work_dir, spark_properties(work_dir), options, 1024))
    unfinished.rename(spark)
    return spark


def _rehearse(work_dir: Path, options: list[str]) -> None:
    folder = work_dir / "rehearsal"
    rehearsal.prepare(folder)
    machine = JavaMachine.start(work_dir, options)
    port, secret = machine.await_connection()
    connection = {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}
    command = [sys.executable, str(rehearsal.__file__), folder.as_uri(), "--more"]
    try:
        subprocess.run(command, check=True, env={**os.environ, **connection})
    finally:
        assert machine.process.stdin is not None
        machine.process.stdin.close()
        machine.process.wait()


if __name__ == "__main__":
    print(make_archive())
