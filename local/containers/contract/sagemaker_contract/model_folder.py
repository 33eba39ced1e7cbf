"""Files of a trained model below model/."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: What SageMaker's own algorithms call the model of the first host.
MODEL_NAME = "model_algo-1"


def write_model_file(folder: Path, name: str, content: bytes) -> None:
    """Whole or not at all: a reader never sees half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, folder / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
