"""A Spark context that is made before a script asks for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyspark import SparkConf, SparkContext
from pyspark.context import DEFAULT_CONFIGS


class PreparedContext:
    """
    The JVM's half of a Spark context, fresh for each run. `SparkContext()` in a script, in whatever
    way it comes about, takes it over when it asks for the same settings; a script with settings of
    its own gets a new context that has them.
    """

    def __init__(self) -> None:
        SparkContext._ensure_initialized()
        self._jvm: Any = SparkContext._jvm
        _stop_old_context(self._jvm)
        conf = SparkConf(_jvm=self._jvm)
        for key, value in DEFAULT_CONFIGS.items():
            conf.setIfMissing(key, value)
        self._settings = _settings(conf._jconf)
        self._context: Any = self._jvm.JavaSparkContext(conf._jconf)
        # Half of a session's cost is its state, made on first use: here, that is before the run.
        self._jvm.SparkSession.builder().getOrCreate().sessionState()

    def serve(self, hadoop_settings: dict[str, str], py_files: list[str]) -> None:
        """
        From here on `SparkContext()` takes this context, with these Hadoop settings and Python
        files.
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
                _stop_old_context(self._jvm)
            return configured(self._jvm.JavaSparkContext(jconf))

        SparkContext._initialize_context = initialize_context  # type: ignore[method-assign]
        SparkContext._do_init = _adding_files(SparkContext._do_init, py_files)  # type: ignore[method-assign]


def _adding_files(do_init: Callable[..., None], py_files: list[str]) -> Callable[..., None]:
    def do_init_and_add(instance: SparkContext, *args: Any, **kwargs: Any) -> None:
        do_init(instance, *args, **kwargs)
        for path in py_files:
            instance.addPyFile(path)

    return do_init_and_add


def _settings(jconf: Any) -> set[str]:
    lines = jconf.toDebugString().split("\n")
    return {line for line in lines if not line.startswith("spark.app.name=")}


def _stop_old_context(jvm: Any) -> None:
    active = getattr(getattr(jvm.org.apache.spark, "SparkContext$"), "MODULE$").getActive()
    if active.isDefined():
        active.get().stop()
    jvm.SparkSession.clearDefaultSession()
    jvm.SparkSession.clearActiveSession()
    # File systems are cached by bucket, with the folders of the run before.
    jvm.org.apache.hadoop.fs.FileSystem.closeAll()
