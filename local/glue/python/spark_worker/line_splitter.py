"""Whole lines out of a file descriptor that is read piece by piece."""

from __future__ import annotations

import os


class LineSplitter:
    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.ended = False
        self._rest = b""
        os.set_blocking(descriptor, False)

    def read_available(self) -> list[str]:
        """Lines that are complete now; at the end of the stream also an unfinished last one."""
        data = self._rest
        while not self.ended:
            try:
                piece = os.read(self.descriptor, 65536)
            except BlockingIOError:
                break
            self.ended = piece == b""
            data += piece
        *lines, self._rest = data.split(b"\n")
        if self.ended:
            lines += self.take_rest()
        return [line.decode(errors="replace").rstrip("\r") for line in lines]

    def take_rest(self) -> list[bytes]:
        """The last line when it lacks its line end."""
        rest, self._rest = self._rest, b""
        return [rest] if rest else []
