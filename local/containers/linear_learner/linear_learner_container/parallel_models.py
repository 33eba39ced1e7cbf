"""Trains several linear models at once with mini-batches.

Rows are taken in the order of the data, as AWS does: its documentation asks for shuffled data.
NumPy does it rather than a compiled loop: the gradients are matrix products, whose cost is the
library's anyway, and nothing has to be compiled before the first step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .losses import loss_function
from .model_grid import ModelSettings
from .optimizers import Optimizer


@dataclass(frozen=True)
class Batchwise:
    """Training data as the optimizer sees them."""

    #: (rows, features) float32, scaled
    features: np.ndarray
    #: (rows,) float32
    labels: np.ndarray
    #: (rows,) float32: what each row counts, for all models alike
    weights: np.ndarray


class ParallelModels:
    """The weights of all models, and how an epoch changes them."""

    def __init__(
        self,
        hyperparameters: Mapping[str, Any],
        settings: Sequence[ModelSettings],
        width: int,
        outputs: int,
    ) -> None:
        self._hyperparameters = hyperparameters
        self._models, self._outputs = len(settings), outputs
        self._use_bias = hyperparameters["use_bias"]
        self._loss = loss_function(hyperparameters)
        self.parameters = _initial(hyperparameters, width, outputs, self._models)
        self._optimizer = Optimizer(hyperparameters, self.parameters.shape)

        def by_column(name: str) -> np.ndarray:
            values = np.array([getattr(it, name) for it in settings], np.float32)
            return np.repeat(values, outputs)

        self._rates = by_column("learning_rate")
        self._step = by_column("lr_scheduler_step")
        self._factor = by_column("lr_scheduler_factor")
        self._minimum = by_column("lr_scheduler_minimum_lr")
        self._positive = np.array([it.positive_weight for it in settings], np.float32)
        self._weighted = (
            bool((self._positive != 1).any()) or hyperparameters["balance_multiclass_weights"]
        )
        rows = np.ones((self.parameters.shape[0], 1), np.float32)
        self._wd, self._l1 = rows * by_column("wd"), rows * by_column("l1")
        self._bias_rate = 1.0
        if self._use_bias:
            self._wd[-1] *= _given(hyperparameters["bias_wd_mult"], 0.0)
            self._l1[-1] = 0
            self._bias_rate = _given(hyperparameters["bias_lr_mult"], 1.0)
        self._steps = 0

    def weights_of(self, model: int) -> tuple[np.ndarray, np.ndarray]:
        """(features, outputs) and (outputs,), copies."""
        columns = slice(model * self._outputs, (model + 1) * self._outputs)
        chosen = self.parameters[:, columns].copy()
        if self._use_bias:
            return chosen[:-1], chosen[-1]
        return chosen, np.zeros(self._outputs, np.float32)

    def scores(self, features: np.ndarray) -> np.ndarray:
        """(rows, models, outputs) of scaled features"""
        weights = self.parameters[:-1] if self._use_bias else self.parameters
        scores = features @ weights
        if self._use_bias:
            scores += self.parameters[-1]
        return scores.reshape(len(features), self._models, self._outputs)

    def train_epoch(self, data: Batchwise) -> np.ndarray:
        """(models,): mean loss of each model over the epoch's rows, each before its own step"""
        size = self._hyperparameters["mini_batch_size"]
        total = np.zeros(self._models)
        for start in range(0, len(data.labels), size):
            batch = slice(start, start + size)
            total += self._train_batch(
                data.features[batch], data.labels[batch], data.weights[batch]
            )
        return total / len(data.labels)

    def _train_batch(
        self, features: np.ndarray, labels: np.ndarray, weights: np.ndarray
    ) -> np.ndarray:
        losses, gradients = self._loss(self.scores(features), labels)
        if self._weighted:
            by_model = np.where(labels[:, None] == 1, self._positive, 1) * weights[:, None]
            losses = losses * by_model
            gradients = gradients * by_model[:, :, None]
        flat = gradients.reshape(len(labels), -1)
        slopes = np.empty_like(self.parameters)
        if self._use_bias:
            np.matmul(features.T, flat, out=slopes[:-1])
            flat.sum(axis=0, out=slopes[-1])
        else:
            np.matmul(features.T, flat, out=slopes)
        slopes /= len(labels)
        slopes += self._wd * self.parameters
        self._optimizer.step(self.parameters, slopes, self._current_rates(), self._l1)
        self._steps += 1
        return losses.sum(axis=0)

    def _current_rates(self) -> np.ndarray:
        rates = self._rates
        if self._hyperparameters["use_lr_scheduler"]:
            decayed = rates * self._factor ** (self._steps // self._step)
            # A rate that starts below the minimum stays what it is.
            rates = np.maximum(decayed, np.minimum(self._minimum, rates))
        if self._bias_rate != 1:
            rates = np.repeat(rates[None, :], len(self.parameters), axis=0)
            rates[-1] *= self._bias_rate
        return rates


def _initial(
    hyperparameters: Mapping[str, Any], width: int, outputs: int, models: int
) -> np.ndarray:
    """All models start from the same weights, always the same ones: a job can be repeated."""
    random = np.random.default_rng(0)
    if hyperparameters["init_method"] == "uniform":
        scale = hyperparameters["init_scale"]
        weights = random.uniform(-scale, scale, (width, outputs))
    else:
        weights = random.normal(0, hyperparameters["init_sigma"], (width, outputs))
    if hyperparameters["use_bias"]:
        weights = np.vstack([weights, np.full((1, outputs), hyperparameters["init_bias"])])
    return np.tile(weights, models).astype(np.float32)


def _given(value: Any, auto: float) -> float:
    return auto if value == "auto" else value
