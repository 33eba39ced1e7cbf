"""The files of a trained model: how training writes them, how serving finds and loads them."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path

import xgboost as xgb

MODEL_NAME = "xgboost-model"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoadedModel:
    booster: xgb.Booster
    #: Pickled models have their rows' width checked by the container, others by XGBoost.
    pickled: bool


def save_model(booster: xgb.Booster, folder: Path, name: str = MODEL_NAME) -> None:
    """Writes UBJSON, whole or not at all: a reader never sees half a model."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        Path(temporary).write_bytes(booster.save_raw("ubj"))
        os.chmod(temporary, 0o644)
        os.replace(temporary, folder / name)
    except BaseException:
        os.unlink(temporary)
        raise


def remove_other_files(folder: Path) -> None:
    """Leaves only models in the folder."""
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(MODEL_NAME):
            path.unlink()


def load_models(folder: Path, ensemble: bool) -> list[LoadedModel]:
    """Every model at the folder's root, whatever its name; several are one ensemble, or the first
    where none is wanted.

    Raises RuntimeError where there is none, or where a file, hidden ones aside, is no model.
    """
    files = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".")
    ]
    if not files:
        raise RuntimeError(f"no model file found in {folder}")
    return [_load(path) for path in (files if ensemble else files[:1])]


def _load(path: Path) -> LoadedModel:
    try:
        with path.open("rb") as file:
            pickled = pickle.load(file)
    except Exception as not_pickled:
        try:
            return LoadedModel(xgb.Booster(model_file=path), pickled=False)
        except Exception as unreadable:
            reason = f"Model {path.name} cannot be loaded:\n{not_pickled}\n{unreadable}"
            raise RuntimeError(reason) from unreadable
    if not isinstance(pickled, xgb.Booster):
        raise RuntimeError(
            f"Model {path.name} is a pickled {type(pickled).__name__}, not a Booster"
        )
    return LoadedModel(pickled, pickled=True)
