"""The /opt/ml tree of the SageMaker container contract, wherever this machine keeps it."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

ON_AWS = PurePosixPath("/opt/ml")


class OptMl:
    """Files of one training job or one served model below `base`, the folder that stands for
    /opt/ml.
    """

    def __init__(self, base: str | Path) -> None:
        self.base = Path(base)
        self.model = self.base / "model"
        self.output = self.base / "output"
        self.failure = self.output / "failure"

    def channel(self, name: str) -> Path:
        return self.base / "input" / "data" / name

    def config(self, name: str) -> dict[str, Any]:
        """input/config/<name>.json. Raises OSError, json.JSONDecodeError"""
        path = self.base / "input" / "config" / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def optional_config(self, name: str) -> dict[str, Any]:
        try:
            return self.config(name)
        except FileNotFoundError:
            return {}

    def resolve(self, path_on_aws: str) -> Path:
        """Where a path that the job knows from AWS is here: those below /opt/ml move."""
        path = PurePosixPath(path_on_aws)
        return self.base / path.relative_to(ON_AWS) if path.is_relative_to(ON_AWS) else Path(path)

    def as_on_aws(self, path: Path) -> str:
        """The path that AWS would show in logs and errors."""
        return (
            str(ON_AWS / path.relative_to(self.base))
            if path.is_relative_to(self.base)
            else str(path)
        )
