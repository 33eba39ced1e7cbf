"""Training over epochs: when it stops, and which model of which epoch is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sagemaker_contract.errors import UserError

from .parallel_models import Batchwise, ParallelModels


@dataclass(frozen=True)
class Assessment:
    """How good each model is after an epoch; higher is better, -inf for one that diverged."""

    #: (models,): what the best model is chosen by, and what decides between equal ones
    selection: np.ndarray
    tie: np.ndarray
    #: (models,): what early stopping looks at, positive or negative
    stopping: np.ndarray


@dataclass(frozen=True)
class BestModel:
    number: int
    epoch: int
    #: (features, outputs) and (outputs,), of scaled features
    weights: np.ndarray
    bias: np.ndarray


#: Called after each epoch with its number, the mean training losses (models,) and the models.
Assess = Callable[[int, np.ndarray, ParallelModels], Assessment]


def fit(
    models: ParallelModels,
    data: Batchwise,
    hyperparameters: Mapping[str, Any],
    assess: Assess,
    keep_best_epoch: bool,
) -> BestModel:
    """Trains until all epochs are done or early_stopping_patience of them brought nothing: less
    than early_stopping_tolerance of the best value so far. Raises UserError where all diverged.

    `keep_best_epoch`: whether what `assess` says may decide between epochs. On the rows that the
    models are trained on it may not: it would undo what the penalties do.
    """
    best: BestModel | None = None
    best_key = (-np.inf, -np.inf)
    reached, idle = -np.inf, 0
    for epoch in range(hyperparameters["epochs"]):
        losses = models.train_epoch(data)
        assessment = assess(epoch, losses, models)
        number = int(np.lexsort((assessment.tie, assessment.selection))[-1])
        key = (float(assessment.selection[number]), float(assessment.tie[number]))
        if key > best_key or (not keep_best_epoch and key[1] > -np.inf):
            best, best_key = BestModel(number, epoch, *models.weights_of(number)), key
        value = float(assessment.stopping.max())
        gained = (
            reached == -np.inf
            or value - reached > abs(reached) * hyperparameters["early_stopping_tolerance"]
        )
        idle = 0 if gained else idle + 1
        reached = max(reached, value)
        if idle >= hyperparameters["early_stopping_patience"]:
            break
    if best is None:
        raise UserError(
            "Training diverged: no model has a finite loss. Lower learning_rate, leave "
            "normalize_data on, or take extreme values out of the data."
        )
    return best
