"""Keeping the model of a job that is stopped early."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xgboost as xgb
from sagemaker_contract.termination import end_well_on_termination

from .model_files import MODEL_NAME, remove_other_files, save_model


class SaveAfterEachRound(xgb.callback.TrainingCallback):
    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name

    def after_iteration(self, model: xgb.Booster, epoch: int, evals_log: Any) -> bool:
        save_model(model, self._folder, self._name)
        return False


def keep_model_on_termination(model_folder: Path, name: str = MODEL_NAME) -> SaveAfterEachRound:
    """From now on SIGTERM ends the process with status 0 and leaves the model of the last whole
    round.
    """

    def leave_model() -> None:
        model_folder.mkdir(parents=True, exist_ok=True)
        remove_other_files(model_folder)

    end_well_on_termination(leave_model)
    return SaveAfterEachRound(model_folder, name)
