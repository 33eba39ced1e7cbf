"""The models that are trained side by side, and what each of them varies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

#: As many as AWS trains for `auto`.
_AUTO_MODELS = 32
#: Numbers in all of the models' weights beyond which `auto` trains fewer of them.
_AUTO_NUMBERS = 4_000_000

#: What `auto` stands for, model by model; the first is the one model of num_models 1. The first
#: model's values and the range of the others are those that AWS's jobs report.
_LEARNING_RATES = {"adam": (0.005, 0.1), "sgd": (0.01, 0.1), "rmsprop": (0.005, 0.05)}
_PENALTIES = ((0.0001, 0.0), (0.001, 0.0001), (0.01, 0.0), (0.1, 0.01))  # wd, l1
_SCHEDULES = (  # step, factor, minimum
    (10, 0.98, 1e-5),
    (100, 0.99, 1e-5),
    (10, 0.98, 1e-4),
    (100, 0.99, 1e-4),
)
#: What a given value is multiplied by, in the same places.
_NEAR = (1.0, 0.3, 3.0, 0.1)


@dataclass(frozen=True)
class ModelSettings:
    learning_rate: float
    wd: float
    l1: float
    lr_scheduler_step: int
    lr_scheduler_factor: float
    lr_scheduler_minimum_lr: float
    #: Of a row with label 1; 1 where the job is no binary classification.
    positive_weight: float

    def reported(self, optimizer: str) -> dict[str, Any]:
        values = asdict(self)
        del values["positive_weight"]
        return {"optimizer": optimizer, **values}


def model_settings(
    hyperparameters: Mapping[str, Any], numbers: int, balance: float
) -> list[ModelSettings]:
    """One for each model; the first has what the job gives, the others vary it.

    A learning rate, wd or l1 that is given is varied by up to ten times, a schedule is not.
    `numbers`: weights of one model; `balance`: negative rows for each positive one
    """
    count = hyperparameters["num_models"]
    if count == "auto":
        count = _AUTO_MODELS
        while count > 1 and count * numbers > _AUTO_NUMBERS:
            count //= 2
    random = np.random.default_rng(0)
    return [_settings(number, hyperparameters, balance, random) for number in range(count)]


def _settings(
    number: int, hyperparameters: Mapping[str, Any], balance: float, random: np.random.Generator
) -> ModelSettings:
    fast, penalty, schedule = number % 2, number // 2 % 4, number // 8 % 4
    # Beyond the grid, its models again with rates and penalties a little off.
    beyond = 10 ** random.uniform(-0.5, 0.5, size=3) if number >= _AUTO_MODELS else np.ones(3)
    rate = hyperparameters["learning_rate"]
    wd, l1 = hyperparameters["wd"], hyperparameters["l1"]
    step, factor, minimum = _SCHEDULES[schedule]
    positive = hyperparameters["positive_example_weight_mult"]
    if positive == "balanced":
        positive = balance
    elif positive == "auto":
        positive = (1.0, balance, balance**0.5)[number % 3]
    auto_rate = _LEARNING_RATES[hyperparameters["optimizer"]][fast]
    return ModelSettings(
        learning_rate=float(
            (auto_rate if rate == "auto" else rate * _NEAR[(fast + schedule) % 4]) * beyond[0]
        ),
        wd=float((_PENALTIES[penalty][0] if wd == "auto" else wd * _NEAR[penalty]) * beyond[1]),
        l1=float((_PENALTIES[penalty][1] if l1 == "auto" else l1 * _NEAR[penalty]) * beyond[2]),
        lr_scheduler_step=_given(hyperparameters["lr_scheduler_step"], step),
        lr_scheduler_factor=_given(hyperparameters["lr_scheduler_factor"], factor),
        lr_scheduler_minimum_lr=_given(hyperparameters["lr_scheduler_minimum_lr"], minimum),
        positive_weight=float(positive),
    )


def _given(value: Any, auto: Any) -> Any:
    return auto if value == "auto" else value
