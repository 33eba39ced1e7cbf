"""Starts ministack as the local cloud's front door.

SageMaker and Glue are handed to the backend, and what differs from AWS is repaired (see
repairs.py). Settings come from the environment (see settings.py and ministack.ts). Prints one line
of JSON, {"listening": <port>}, on standard output once requests are answered. Ends on SIGTERM, and
when its standard input closes, with all state saved.
"""

import os

from launcher import parent_watch, server, settings


def main() -> None:
    parent_watch.exit_with_parent()
    own = settings.take_from(os.environ)
    sock = server.listen(own.port)
    # From here ministack learns where it is reached, and so do its functions: before its import.
    os.environ["GATEWAY_PORT"] = str(sock.getsockname()[1])

    from launcher import repairs

    repairs.install(own)
    server.serve(sock)


if __name__ == "__main__":
    main()
