"""Serves ministack on a socket that is already bound: a free port cannot be lost before its use."""

import asyncio
import json
import resource
import socket
from collections.abc import Callable
from typing import Any

BACKLOG = 1024
KEEP_ALIVE_SECONDS = 75
# For requests that are still running at the end; idle connections are closed at once.
GRACEFUL_SECONDS = 2


_before_requests: list[Callable[[], None]] = []


def before_requests(act: Callable[[], None]) -> None:
    """Has something done once ministack has its state back."""
    _before_requests.append(act)


def listen(port: int) -> socket.socket:
    """A socket on the loopback interface alone. Port 0: any free one."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen(BACKLOG)  # Already now: who connects early waits instead of being refused.
    return sock


def serve(sock: socket.socket) -> None:
    """Returns after SIGTERM or SIGINT, with state saved."""
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config
    from ministack import app

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    config = Config()
    config.bind = [f"fd://{sock.fileno()}"]
    config.keep_alive_timeout = KEEP_ALIVE_SECONDS
    config.graceful_timeout = GRACEFUL_SECONDS
    config.loglevel = "WARNING"
    asyncio.run(hypercorn_serve(_announcing(app.app, sock.getsockname()[1]), config))


def _announcing(application: Any, port: int) -> Any:
    async def announce(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def tell(message: dict[str, Any]) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                for act in _before_requests:
                    act()
                print(json.dumps({"listening": port}), flush=True)

        await application(scope, receive, tell if scope["type"] == "lifespan" else send)

    return announce
