"""A file of JSON lines, appended whole: a launcher that is killed leaves no half ones."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class LineFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, *records: Any) -> None:
        if not records:
            return
        text = "".join(f"{json.dumps(record)}\n" for record in records)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with open(os.open(self.path, flags, 0o600), "wb") as file:
            file.write(text.encode())

    def read(self) -> list[Any]:
        """Drops a last line that the end of the machine cut off. Empty where there is no file."""
        if not self.path.exists():
            return []
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) != len(data):
            os.truncate(self.path, len(whole))
        return [json.loads(line) for line in whole.splitlines()]

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def line_files(paths: Iterable[Path]) -> list[LineFile]:
    return [LineFile(path) for path in sorted(paths)]
