"""What one run leaves in a Spark context, and how to be rid of it."""

from __future__ import annotations

from typing import Any


def may_be_reused(jvm: Any, context: Any) -> bool:
    """
    Whether all that the last run left can be undone: no work under way, no table, no database.
    """
    if context.sc().isStopped() or len(context.sc().statusTracker().getActiveJobIds()) > 0:
        return False
    state = _shared_state(jvm)
    if not state.activeStreamingQueries().isEmpty():
        return False
    catalog = state.externalCatalog()
    return catalog.listDatabases().size() == 1 and catalog.listTables("default").isEmpty()


def reset_context(jvm: Any, context: Any) -> None:
    """Undoes cached data, global views, files of the run, Hadoop settings and the log level."""
    state = _shared_state(jvm)
    state.cacheManager().clearCache()
    state.globalTempViewManager().clear()
    for rdd in context.getPersistentRDDs().values():
        rdd.unpersist(False)
    # Executors fetch them with their next task: a run may have ended before it had one, and its
    # folder is gone.
    for added in (
        context.sc().addedFiles(),
        context.sc().addedArchives(),
        context.sc().addedJars(),
    ):
        added.clear()
    _restore_hadoop_settings(jvm, context)
    level = jvm.org.apache.logging.log4j.Level.WARN
    jvm.org.apache.logging.log4j.core.config.Configurator.setRootLevel(level)


def _restore_hadoop_settings(jvm: Any, context: Any) -> None:
    # What a new context would have, read over what the script made of it.
    hadoop = getattr(getattr(jvm.org.apache.spark.deploy, "SparkHadoopUtil$"), "MODULE$").get()
    content = jvm.java.io.ByteArrayOutputStream()
    hadoop.newConfiguration(context.sc().conf()).write(jvm.java.io.DataOutputStream(content))
    source = jvm.java.io.ByteArrayInputStream(content.toByteArray())
    context.hadoopConfiguration().readFields(jvm.java.io.DataInputStream(source))


def _shared_state(jvm: Any) -> Any:
    return jvm.SparkSession.builder().getOrCreate().sharedState()
