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

    #: (models,): what the best model of an epoch is chosen by; below 0 where short of a target
    selection: np.ndarray
    #: (models,): minus the loss, which decides between equal models and between epochs
    tie: np.ndarray
    #: What early stopping looks at, by its name in log lines: the best model's, positive or
    #: negative. The last one is what the log reports.
    stopping: Mapping[str, float]


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
    """Trains until all epochs are done or early_stopping_patience of them brought nothing: to no
    value more than early_stopping_tolerance of its best so far. Raises UserError where all models
    diverged.

    `keep_best_epoch`: whether what `assess` says may decide between epochs. On the rows that the
    models are trained on it may not: it would undo what the penalties do.

    Between epochs the loss decides, once a target is reached: a threshold is chosen to fit these
    very rows, and with it the first epochs' models often have a row more right than trained ones.
    """
    best: BestModel | None = None
    best_key = (-np.inf, -np.inf)
    reached: dict[str, float] = {}
    idle = 0
    for epoch in range(hyperparameters["epochs"]):
        losses = models.train_epoch(data)
        assessment = assess(epoch, losses, models)
        number = int(np.lexsort((assessment.tie, assessment.selection))[-1])
        key = (min(float(assessment.selection[number]), 0.0), float(assessment.tie[number]))
        if key > best_key or (not keep_best_epoch and key[1] > -np.inf):
            best, best_key = BestModel(number, epoch, *models.weights_of(number)), key
        gained = [
            _gained(value, reached.get(name, -np.inf), hyperparameters["early_stopping_tolerance"])
            for name, value in assessment.stopping.items()
        ]
        idle = 0 if any(gained) else idle + 1
        reached = {
            name: max(reached.get(name, -np.inf), value)
            for name, value in assessment.stopping.items()
        }
        if idle >= hyperparameters["early_stopping_patience"]:
            break
    if best is None:
        raise UserError(
            "Training diverged: no model has a finite loss. Lower learning_rate, leave "
            "normalize_data on, or take extreme values out of the data."
        )
    return best


def _gained(value: float, reached: float, tolerance: float) -> bool:
    return reached == -np.inf or value - reached > abs(reached) * tolerance
