"""Hands runs to forked processes, one at a time, and passes on what they and Java say."""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
from typing import NoReturn

from spark_worker.java_machine import JavaMachine
from spark_worker.line_splitter import LineSplitter
from spark_worker.standby import stand_by

# What Java says before it ends for want of memory, the last of all that it says.
TERMINATING = "Terminating due to java.lang.OutOfMemoryError"


class Supervisor:
    """Has no threads, so that forking is safe."""

    def __init__(self, machine: JavaMachine, rehearsal: dict | None) -> None:
        """`rehearsal` is a run to begin with unless another one comes first: it warms Java up."""
        assert machine.process.stdout is not None
        self._machine = machine
        self._selector = selectors.DefaultSelector()
        self._commands = LineSplitter(0)
        self._java = LineSplitter(machine.process.stdout.fileno())
        self._child: _Child | None = None
        self._run: str | None = None
        self._rehearsal = rehearsal
        self._rehearsing = False
        self._waiting: list[str] = []

    def serve(self) -> NoReturn:
        self._selector.register(self._commands.descriptor, selectors.EVENT_READ, self._on_commands)
        self._selector.register(self._java.descriptor, selectors.EVENT_READ, self._on_java)
        self._start_child()
        while True:
            for key, _ in self._selector.select():
                key.data()

    def _on_commands(self) -> None:
        for line in self._commands.read_available():
            if self._run is not None:
                raise RuntimeError(f"a run was given while {self._run} is not finished")
            self._run = json.loads(line)["run"]
            self._rehearsal = None
            self._waiting.append(line)
        self._hand_over_waiting()
        if self._commands.ended:
            self._end(0)

    def _hand_over_waiting(self) -> None:
        """Each forked process takes one run; one that comes while it ends is for the next."""
        assert self._child is not None
        if self._waiting and not self._child.has_run:
            self._child.give(self._waiting.pop())

    def _on_java(self) -> None:
        terminating = False
        for line in self._java.read_available():
            _send({"event": "output", "stream": "stderr", "line": line})
            terminating = terminating or line.startswith(TERMINATING)
        # Ended at once: what a script says when it misses Java is no reason for that.
        if self._java.ended or terminating:
            self._end(1)

    def _start_child(self) -> None:
        self._child = child = _Child(self._close_own)
        for splitter in child.splitters:
            handler = self._on_report if splitter is child.reports else self._on_output
            self._selector.register(splitter.descriptor, selectors.EVENT_READ, handler)

    def _on_output(self) -> None:
        assert self._child is not None
        for stream, splitter in (("stdout", self._child.stdout), ("stderr", self._child.stderr)):
            for line in splitter.read_available():
                if not self._rehearsing:
                    _send({"event": "output", "stream": stream, "line": line})
            if splitter.ended and splitter.descriptor in self._selector.get_map():
                self._selector.unregister(splitter.descriptor)

    def _on_report(self) -> None:
        assert self._child is not None
        for line in self._child.reports.read_available():
            report = json.loads(line)
            if "ready" not in report:
                self._finish(report["error"])
            elif self._rehearsal is not None:
                self._rehearsing = True
                self._child.give(json.dumps(self._rehearsal))
                self._rehearsal = None
            else:
                _send({"event": "ready"})
        if self._child.reports.ended:
            self._on_child_end()

    def _finish(self, error: str | None) -> None:
        if self._rehearsing:
            self._rehearsing = False
            if error is not None:
                sys.stderr.write(f"the rehearsal failed: {error}\n")
            return
        self._on_output()
        self._on_java()
        assert self._child is not None
        for stream, splitter in (("stdout", self._child.stdout), ("stderr", self._child.stderr)):
            for rest in splitter.take_rest():
                _send({"event": "output", "stream": stream, "line": rest.decode(errors="replace")})
        _send({"event": "finished", "run": self._run, "error": error})
        self._run = None

    def _on_child_end(self) -> None:
        child = self._child
        assert child is not None
        status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
        if self._rehearsing or (self._run is not None and not self._waiting):
            how = f"signal {-status}" if status < 0 else f"status {status}"
            self._finish(
                f"Error Category: SYSTEM_EXIT_ERROR; the script's process ended with {how}"
            )
        elif status != 0:
            raise RuntimeError(f"no Spark context could be made: status {status}")
        for splitter in child.splitters:
            if splitter.descriptor in self._selector.get_map():
                self._selector.unregister(splitter.descriptor)
            os.close(splitter.descriptor)
        os.close(child.commands)
        self._start_child()
        self._hand_over_waiting()

    def _close_own(self) -> None:
        """
        In the forked process: lets go of what would keep Java or this process's caller waiting.
        """
        self._selector.close()
        assert self._machine.process.stdin is not None
        os.close(self._machine.process.stdin.fileno())
        os.close(self._java.descriptor)

    def _end(self, status: int) -> NoReturn:
        if self._child is not None:
            os.kill(self._child.pid, signal.SIGKILL)
        assert self._machine.process.stdin is not None
        self._machine.process.stdin.close()
        self._machine.process.wait()
        os._exit(status)


class _Child:
    """A forked process that stands by, with the ends of its pipes."""

    def __init__(self, close_own) -> None:
        commands_in, commands_out = os.pipe()
        pairs = [os.pipe() for _ in range(3)]
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            close_own()
            os.close(commands_out)
            for outer, _ in pairs:
                os.close(outer)
            _become_child(commands_in, *(inner for _, inner in pairs))
        os.close(commands_in)
        for _, inner in pairs:
            os.close(inner)
        self.commands = commands_out
        self.has_run = False
        self.reports, self.stdout, self.stderr = (LineSplitter(outer) for outer, _ in pairs)

    def give(self, run: str) -> None:
        self.has_run = True
        os.write(self.commands, run.encode() + b"\n")

    @property
    def splitters(self) -> tuple[LineSplitter, ...]:
        return (self.reports, self.stdout, self.stderr)


def _become_child(commands: int, reports: int, stdout: int, stderr: int) -> NoReturn:
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        os.close(stdout)
        os.close(stderr)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        # What the script starts must not hold the pipe whose end tells that this process has ended.
        os.set_inheritable(reports, False)
        stand_by(os.fdopen(commands, "rb"), os.fdopen(reports, "wb"))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(status)


def _send(message: dict) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
