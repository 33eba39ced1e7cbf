"""
Start and end of a job, for scripts that mark them. Job bookmarks, which they serve on AWS, are not
kept: with job-bookmark-disable, which pipelines pass, init and commit do nothing on AWS either.
"""

from __future__ import annotations

from awsglue.context import GlueContext
from awsglue.not_supported import NotSupported, lacks

DISABLED = "job-bookmark-disable"


class Job:
    """`Job(glue_context).init(name, args)` ... `.commit()`."""

    def __init__(self, glue_context: GlueContext) -> None:
        self.glue_context = glue_context
        self._initialized = False

    def init(self, job_name: str, args: dict[str, str] | None = None) -> None:
        option = (args or {}).get("job_bookmark_option")
        if option not in (None, DISABLED):
            raise NotSupported(f"Job bookmarks ({option})", [DISABLED])
        self._initialized = True

    def commit(self) -> None:
        if not self._initialized:
            raise RuntimeError("Job.commit() was called before Job.init()")

    def isInitialized(self) -> bool:  # noqa: N802 (AWS's name)
        return self._initialized

    def __getattr__(self, name: str) -> object:
        raise lacks("Job", Job, name)
