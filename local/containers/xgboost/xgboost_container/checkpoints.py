"""Checkpoints of a training job, with the container's file names.

What a fresh job writes is `xgboost-checkpoint_0.ubj`, what it resumes from is `xgboost-
checkpoint.<n>`: on AWS a job does not find its own checkpoints, nor does it here.
"""

from __future__ import annotations

import re
from pathlib import Path

import xgboost as xgb

_NAME = "xgboost-checkpoint"


def latest_checkpoint(folder: Path | None) -> tuple[Path | None, int]:
    """The newest readable checkpoint and how many rounds it holds, or None and 0."""
    if folder is None or not folder.is_dir():
        return None, 0
    numbered = [
        (int(path.name.split(".")[1]), path)
        for path in folder.iterdir()
        if re.fullmatch(rf"{_NAME}\.\d+", path.name)
    ]
    for number, path in sorted(numbered, reverse=True):
        try:
            xgb.Booster().load_model(path)
        except xgb.core.XGBoostError:
            continue
        return path, number + 1
    return None, 0


def save_checkpoints(folder: Path, rounds_done: int) -> xgb.callback.TrainingCallback:
    """XGBoost's own checkpoints. The container mistakes the rounds done for the interval: hence one
    file, of round 0.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return xgb.callback.TrainingCheckPoint(folder, name=_NAME, interval=rounds_done)
