"""
Spark's settings: Glue's, but for what only costs time on one machine, and s3:// paths that lead to
folders.
"""

from __future__ import annotations

import os
from pathlib import Path

S3_SCHEMES = ("s3", "s3a", "s3n")


def spark_properties(work_dir: Path) -> dict[str, str]:
    """Settings that every run starts from; they reach Spark as Java system properties."""
    properties = {
        "spark.master": "local[*]",
        "spark.app.name": "glue",
        "spark.submit.deployMode": "client",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        # What pages would show of jobs that ended, were there pages: a context serves many runs.
        "spark.ui.retainedJobs": "10",
        "spark.ui.retainedStages": "10",
        "spark.ui.retainedTasks": "100",
        "spark.sql.ui.retainedExecutions": "1",
        "spark.local.dir": str(work_dir),
        "spark.sql.warehouse.dir": str(work_dir / "warehouse"),
        # One task for each core: 200 partitions of a small shuffle are 200 tasks with nothing to
        # do.
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
        # Compiling a stage takes longer than running it over a few thousand rows.
        "spark.sql.codegen.wholeStage": "false",
        # Planning anew after each shuffle takes longer than what it would spare.
        "spark.sql.adaptive.enabled": "false",
        # A context serves several runs: a library of the same name is another one, and a Python
        # worker that is kept would still hold the modules of the first.
        "spark.files.overwrite": "true",
        "spark.python.worker.reuse": "false",
        # No checksum files beside the data: S3 holds none.
        "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
    }
    for scheme in S3_SCHEMES:
        properties[f"spark.hadoop.fs.{scheme}.impl"] = (
            "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme"
        )
    return properties


def bucket_mounts(buckets: dict[str, str]) -> dict[str, str]:
    """Hadoop settings by which `s3://<bucket>/` leads to the bucket's folder."""
    return {
        f"fs.viewfs.mounttable.{bucket}.linkFallback": Path(folder).absolute().as_uri()
        for bucket, folder in buckets.items()
    }
