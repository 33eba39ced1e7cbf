"""
One run: a process forked from the worker that has everything ready, waits, runs one script and
ends.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import runpy
import sys
import threading
import traceback
from typing import NoReturn

from spark_worker.glue_error import error_message
from spark_worker.prepared_context import PreparedContext
from spark_worker.settings import bucket_mounts


def stand_by(commands: io.BufferedReader, reports: io.BufferedWriter) -> NoReturn:
    """Prepares a context, reports so, waits for a run, reports how it ended. Ends the process."""
    context = PreparedContext()
    _report(reports, {"ready": True})
    line = commands.readline()
    if not line:
        os._exit(0)
    run = json.loads(line)
    os.environ.update(run["env"])
    os.chdir(run["cwd"])
    context.serve(run["hadoop"] | bucket_mounts(run["buckets"]), run["pyFiles"], run["env"])
    error = _run_script(run["script"], run["argv"], run["pyFiles"])
    sys.stdout.flush()
    sys.stderr.flush()
    _report(reports, {"error": error})
    # No clean end: nothing of this process is needed any more, and the next one stops the context.
    os._exit(0)


def _run_script(script: str, argv: list[str], py_files: list[str]) -> str | None:
    """Runs the script as the main program; the error message of a failure, None of a success."""
    sys.argv = [script, *argv]
    sys.path[0:0] = [os.path.dirname(script), *py_files]
    try:
        runpy.run_path(script, run_name="__main__")
        threading._shutdown()  # type: ignore[attr-defined]  # as at the end of any program: threads first,
        atexit._run_exitfuncs()  # then what was registered for the exit
    except SystemExit as end:
        if end.code is None or end.code == 0:
            return None
        print(f"The script ended with sys.exit({end.code!r})", file=sys.stderr)
        return error_message(end, script)
    except BaseException as error:
        trace = traceback.TracebackException.from_exception(error)
        # The frames above the script's own are this worker's.
        inner = [i for i, frame in enumerate(trace.stack) if frame.filename == script]
        del trace.stack[: inner[0] if inner else 0]
        print("".join(trace.format()), end="", file=sys.stderr)
        return error_message(error, script)
    return None


def _report(reports: io.BufferedWriter, message: dict) -> None:
    reports.write(json.dumps(message).encode() + b"\n")
    reports.flush()
