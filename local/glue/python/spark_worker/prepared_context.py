"""A Spark context that is ready before a script asks for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyspark import SparkConf, SparkContext
from pyspark.context import DEFAULT_CONFIGS

from spark_worker.context_reset import may_be_reused, reset_context
from spark_worker.left_objects import release_left_objects

# Java system property: the application id of the context that was made here.
PREPARED = "spark_worker.prepared"


class PreparedContext:
    """
    The JVM's half of a Spark context. `SparkContext()` in a script, in whatever way it comes about,
    takes it over when it asks for the same settings; a script with settings of its own gets a
    context of its own.

    The context of the run before is used again, with a new session, when that run left nothing in
    it that shows: a new context would compile all generated code anew, which takes 0.3 s.
    """

    def __init__(self) -> None:
        SparkContext._ensure_initialized()
        self._jvm: Any = SparkContext._jvm
        release_left_objects(SparkContext._gateway)
        conf = SparkConf(_jvm=self._jvm)
        for key, value in DEFAULT_CONFIGS.items():
            conf.setIfMissing(key, value)
        self._settings = _settings(conf._jconf)
        self._context: Any = self._reused() or self._made(conf._jconf)
        # File systems are cached by bucket, with the folders of the run before.
        self._jvm.org.apache.hadoop.fs.FileSystem.closeAll()
        # Half of a session's cost is its state, made on first use: here, that is before the run.
        session = self._jvm.SparkSession.builder().getOrCreate().newSession()
        self._jvm.SparkSession.setDefaultSession(session)
        self._jvm.SparkSession.clearActiveSession()
        session.sessionState()

    def serve(
        self, hadoop_settings: dict[str, str], py_files: list[str], environment: dict[str, str]
    ) -> None:
        """
        From here on `SparkContext()` takes this context, with these settings and Python files, and
        with this environment in Spark's Python processes.
        """

        def configured(context: Any) -> Any:
            hadoop = context.hadoopConfiguration()
            for key, value in hadoop_settings.items():
                hadoop.set(key, value)
            return context

        def initialize_context(_instance: SparkContext, jconf: Any) -> Any:
            prepared, self._context = self._context, None
            if prepared is not None and _settings(jconf) == self._settings:
                return configured(prepared)
            if prepared is not None:
                self._stop(prepared)
            return configured(self._jvm.JavaSparkContext(jconf))

        SparkContext._initialize_context = initialize_context  # type: ignore[method-assign]
        do_init = _adding(SparkContext._do_init, py_files, environment)
        SparkContext._do_init = do_init  # type: ignore[method-assign]

    def _reused(self) -> Any:
        active = getattr(
            getattr(self._jvm.org.apache.spark, "SparkContext$"), "MODULE$"
        ).getActive()
        if active.isEmpty():
            return None
        context = self._jvm.JavaSparkContext.fromSparkContext(active.get())
        prepared = self._jvm.java.lang.System.getProperty(PREPARED)
        if context.sc().applicationId() == prepared and may_be_reused(self._jvm, context):
            reset_context(self._jvm, context)
            return context
        self._stop(context)
        return None

    def _made(self, jconf: Any) -> Any:
        context = self._jvm.JavaSparkContext(jconf)
        self._jvm.java.lang.System.setProperty(PREPARED, context.sc().applicationId())
        return context

    def _stop(self, context: Any) -> None:
        context.stop()
        self._jvm.SparkSession.clearDefaultSession()
        self._jvm.SparkSession.clearActiveSession()


def _adding(
    do_init: Callable[..., None], py_files: list[str], environment: dict[str, str]
) -> Callable[..., None]:
    def do_init_and_add(instance: SparkContext, *args: Any, **kwargs: Any) -> None:
        do_init(instance, *args, **kwargs)
        instance.environment.update(environment)
        for path in py_files:
            instance.addPyFile(path)

    return do_init_and_add


def _settings(jconf: Any) -> set[str]:
    lines = jconf.toDebugString().split("\n")
    return {line for line in lines if not line.startswith("spark.app.name=")}
