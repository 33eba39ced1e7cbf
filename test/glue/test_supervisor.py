"""The supervisor, with a pipe for Java and a function for the runs of its forked processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import SimpleNamespace

SAID = "Terminating due to java.lang.OutOfMemoryError: Java heap space"


def stand_by(commands, reports):
    """A run in which Java says that it ends, and then the script that it misses Java."""
    reports.write(b'{"ready": true}\n')
    reports.flush()
    commands.readline()
    os.write(java_says, f"{SAID}\n".encode())
    reports.write(b'{"error": "Error while sending or receiving"}\n')
    reports.flush()


def test_ends_when_java_lacks_memory_before_the_script_can_give_another_reason():
    with subprocess.Popen(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as supervisor:
        supervisor.stdin.write('{"run": "r1"}\n')
        supervisor.stdin.flush()
        events = []
        for line in supervisor.stdout:
            events.append(json.loads(line))
            if events[-1]["event"] == "finished":
                supervisor.kill()

    assert events == [
        {"event": "ready"},
        {"event": "output", "stream": "stderr", "line": SAID},
    ]
    assert supervisor.returncode == 1


if __name__ == "__main__":
    from spark_worker import supervisor

    supervisor.stand_by = stand_by
    java_output, java_says = os.pipe()
    _, java_input = os.pipe()
    java = SimpleNamespace(
        stdout=os.fdopen(java_output), stdin=os.fdopen(java_input, "wb"), wait=lambda: None
    )
    supervisor.Supervisor(SimpleNamespace(process=java), None).serve()
