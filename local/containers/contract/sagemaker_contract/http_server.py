"""Serves an ASGI application on 127.0.0.1 until it is told to end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

#: Longer than clients keep idle connections, so that it is they who close them.
_KEEP_ALIVE_SECONDS = 75


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ends for SIGTERM and SIGINT with status 0; uvicorn would raise them again in the end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets:
            print(json.dumps({"listening": sockets[0].getsockname()[1]}), flush=True)


def serve(app: Any, port: int) -> None:
    """Listens and says so on standard output; returns after SIGTERM, or when standard input closes.

    `port`: 0 for any free one
    """
    with socket.create_server(("127.0.0.1", port), backlog=256) as listener:
        # Heads and bodies are written apart: without this each answer waits 40 ms for the client's
        # acknowledgement. Accepted connections inherit it.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(
            app,
            interface="asgi3",
            http="httptools",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=5,
        )
        asyncio.run(_run(_Server(config), listener))


async def _run(server: _Server, listener: socket.socket) -> None:
    if _is_pipe(0):
        asyncio.get_running_loop().add_reader(0, _end_at_end_of_input, server)
    await server.serve(sockets=[listener])


def _is_pipe(descriptor: int) -> bool:
    """Whether someone holds the other end; a terminal or a file would tell nothing by closing."""
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _end_at_end_of_input(server: _Server) -> None:
    if not os.read(0, 4096):
        asyncio.get_running_loop().remove_reader(0)
        server.should_exit = True
