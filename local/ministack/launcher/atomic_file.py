"""Files that a launcher killed at any moment leaves as they were before, or whole."""

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        temporary.write_text(text)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
