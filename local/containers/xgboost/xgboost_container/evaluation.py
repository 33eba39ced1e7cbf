"""Which metrics a job evaluates after each round, and how they are reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import xgboost as xgb

from . import classification_metrics, metric_names, regression_metrics

_OWN_METRICS = {**classification_metrics.BY_NAME, **regression_metrics.BY_NAME}


def metrics_of(hyperparameters: dict[str, Any]) -> list[str]:
    """The metrics asked for: a tuning job's alone, the listed ones as listed, or both, sorted. []
    is XGBoost's default.
    """
    listed = hyperparameters.get("eval_metric") or []
    tuned = _tuning_metric(hyperparameters)
    if tuned is None:
        return listed
    return sorted({*listed, tuned})


def split_metrics(
    metrics: list[str],
) -> tuple[list[str], Callable[..., list[tuple[str, float]]] | None]:
    """Those that XGBoost computes, and a function for the rest or None where there is no rest."""
    native = [metric for metric in metrics if metric not in _OWN_METRICS]
    own = [metric for metric in metrics if metric in _OWN_METRICS]
    if not own:
        return native, None

    def evaluate(predictions: np.ndarray, matrix: xgb.DMatrix) -> list[tuple[str, float]]:
        labels = matrix.get_label()
        return [(metric, _OWN_METRICS[metric](labels, predictions)) for metric in own]

    return native, evaluate


def early_stopping(
    hyperparameters: dict[str, Any], validated: bool
) -> xgb.callback.EarlyStopping | None:
    """Early stopping, where it was asked for and there is a metric and a validation channel to
    judge by.
    """
    rounds = hyperparameters.get("early_stopping_rounds")
    metric = _tuning_metric(hyperparameters) or (hyperparameters.get("eval_metric") or [None])[-1]
    if not (rounds and metric and validated):
        return None
    return xgb.callback.EarlyStopping(
        rounds=rounds,
        data_name="validation",
        metric_name=metric,
        maximize=metric in metric_names.MAXIMIZED,
        save_best=True,
    )


def _tuning_metric(hyperparameters: dict[str, Any]) -> str | None:
    name = hyperparameters.get("_tuning_objective_metric")
    return None if name is None else name.split(":", 1)[1]


class ReportRounds(xgb.callback.TrainingCallback):
    """Prints each round's metrics, then lets early stopping judge.

    One callback for both: XGBoost calls several in an order of its own, so that the last line may
    be lost on AWS.
    """

    def __init__(self, stopping: xgb.callback.EarlyStopping | None) -> None:
        self._stopping = stopping

    def before_training(self, model: xgb.Booster) -> xgb.Booster:
        return model if self._stopping is None else self._stopping.before_training(model)

    def after_iteration(self, model: xgb.Booster, epoch: int, evals_log: Any) -> bool:
        print(format_round(epoch, evals_log), flush=True)
        return self._stopping is not None and bool(
            self._stopping.after_iteration(model, epoch, evals_log)
        )

    def after_training(self, model: xgb.Booster) -> xgb.Booster:
        return model if self._stopping is None else self._stopping.after_training(model)


def format_round(number: int, evaluations: dict[str, dict[str, list[float]]]) -> str:
    """`[round]`, then `data-metric:value` for each data set and metric, between tabs; SageMaker
    reads metrics off it.
    """
    scores = (
        f"{data}-{metric}:{values[-1]:.5f}"
        for data, metrics in evaluations.items()
        for metric, values in metrics.items()
    )
    return "\t".join([f"[{number}]", *scores])
