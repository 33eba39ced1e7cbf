"""Adam, RMSProp and SGD with momentum, for several models at once.

Each step minimizes loss + wd/2 * |w|^2 + l1 * |w|_1. The l1 part is a proximal step in the metric
of the optimizer, so that weights become exactly zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

_EPSILON = 1e-8
#: What `auto` stands for.
_BETA_1, _BETA_2, _MOMENTUM, _RMS_DECAY = 0.9, 0.999, 0.9, 0.9


class Optimizer:
    """Changes one array of parameters, (rows, columns), in place."""

    def __init__(self, hyperparameters: Mapping[str, Any], shape: tuple[int, int]) -> None:
        self._name = hyperparameters["optimizer"]
        self._beta_1 = _given(hyperparameters["beta_1"], _BETA_1)
        self._beta_2 = _given(hyperparameters["beta_2"], _BETA_2)
        self._momentum = _given(hyperparameters["momentum"], _MOMENTUM)
        self._first = np.zeros(shape, np.float32)
        self._second = np.zeros(shape, np.float32)
        self._steps = 0

    def step(
        self, parameters: np.ndarray, gradients: np.ndarray, rates: np.ndarray, l1: np.ndarray
    ) -> None:
        """`rates`: (columns,) or (rows, columns); `l1`: (rows, columns); `gradients`, of loss and
        wd, is overwritten
        """
        self._steps += 1
        direction, scale = self._direction(gradients, rates)
        parameters -= direction
        if l1.any():
            shrunk = np.maximum(np.abs(parameters) - scale * l1, 0)
            np.copysign(shrunk, parameters, out=parameters)

    def _direction(self, gradients: np.ndarray, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What is subtracted, and by what each gradient was multiplied."""
        if self._name == "sgd":
            self._first *= self._momentum
            gradients *= rates
            self._first += gradients
            # With momentum, a gradient moves the weights by this much in the end.
            return self._first, rates / (1 - self._momentum)
        decay = self._beta_2 if self._name == "adam" else _RMS_DECAY
        self._second *= decay
        self._second += (1 - decay) * (gradients * gradients)
        if self._name == "rmsprop":
            scale = rates / (np.sqrt(self._second) + _EPSILON)
            return scale * gradients, scale
        self._first *= self._beta_1
        gradients *= 1 - self._beta_1
        self._first += gradients
        # Both averages start at zero; this takes the bias that has from them.
        rates = rates * ((1 - self._beta_2**self._steps) ** 0.5 / (1 - self._beta_1**self._steps))
        scale = rates / (np.sqrt(self._second) + _EPSILON)
        return scale * self._first, scale


def _given(value: Any, auto: float) -> float:
    return auto if value == "auto" else value
