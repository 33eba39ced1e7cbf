"""The files of an input channel."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from .errors import UserError

#: Files further down are left out, as on AWS.
_DEEPEST_FOLDER = 3

logger = logging.getLogger(__name__)


def size_of(channel: Path) -> int:
    """Bytes in the channel's files; 0 where there is no such folder.

    Raises UserError for hidden files.
    """
    total = 0
    for folder, _, names in os.walk(channel):
        for name in names:
            if name.startswith("."):
                raise UserError("Hidden file found in the data path! Remove that before training.")
            total += os.path.getsize(os.path.join(folder, name))
    return total


def files_of(channel: Path, depth: int = 1) -> list[Path]:
    """The files that are read, by name: their order decides that of the rows, and AWS's order is
    arbitrary.
    """
    if depth > _DEEPEST_FOLDER:
        logger.warning(
            "The depth of folder %s exceed the limit %d. Files in deeper sub dirs won't be loaded.",
            channel,
            _DEEPEST_FOLDER,
        )
        return []
    files: list[Path] = []
    for entry in sorted(channel.iterdir()):
        files.extend([entry] if entry.is_file() else files_of(entry, depth + 1))
    return files
