"""Processes that tests start as the local cloud does, and that end with the test."""

import os
import subprocess
import sys


def started_modules(package, python_path):
    """For a fixture: gives a function that starts `python -m` of one of the package's modules."""
    processes = []

    def start(module, *arguments, stdin=subprocess.PIPE, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", f"{package}.{module}", *arguments],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(python_path),
                **environment,
            },
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
