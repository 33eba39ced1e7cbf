"""Repeated k-fold cross-validation: hyperparameters _kfold and _num_cv_round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb

from .boosting import Boosting, Checkpoint
from .evaluation import format_round
from .model_files import MODEL_NAME, save_model


def cross_validate(boosting: Boosting, matrix: xgb.DMatrix, predictions_file: Path) -> None:
    """Trains and saves `_kfold` times `_num_cv_round` models, each without one fold, and writes
    what they say of it.

    Folds are drawn anew each time, as on AWS. Metrics are those of the channels, not of the folds.

    `matrix`: the rows of train and validation together
    """
    folds = boosting.hyperparameters["_kfold"]
    repeats = boosting.hyperparameters.get("_num_cv_round", 1)
    rounds = boosting.hyperparameters["num_round"]
    labels = matrix.get_label()
    classes = boosting.hyperparameters.get("objective", "").startswith(("binary:", "multi:"))
    record = _Predictions(labels, repeats, classes)
    random = np.random.default_rng()
    for repeat in range(repeats):
        histories = []
        for fold, held_out in enumerate(_split(labels, folds, classes, random)):
            name = f"{MODEL_NAME}-{repeat * folds + fold}"
            kept = np.setdiff1d(np.arange(len(labels)), held_out)
            booster, history = boosting.train(matrix.slice(kept), name, Checkpoint())
            save_model(booster, boosting.model_folder, name)
            record.add(repeat, held_out, booster.predict(matrix.slice(held_out)))
            histories.append(history)
        print(format_round(rounds, _mean(histories)), flush=True)
    record.write(predictions_file)


def _split(
    labels: np.ndarray, folds: int, stratified: bool, random: np.random.Generator
) -> list[np.ndarray]:
    """Rows of each fold; with classes each fold gets its share of every class."""
    if folds > len(labels):
        raise ValueError(
            f"Cannot have number of splits n_splits={folds} greater than the number of samples: "
            f"n_samples={len(labels)}."
        )
    shuffled = random.permutation(len(labels))
    order = shuffled[np.argsort(labels[shuffled], kind="stable")] if stratified else shuffled
    return [order[fold::folds] for fold in range(folds)]


def _mean(histories: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        data: {
            metric: [float(np.mean([history[data][metric][-1] for history in histories]))]
            for metric in metrics
        }
        for data, metrics in histories[0].items()
    }


class _Predictions:
    """What the models say of the rows that they were not trained on, over all repeats."""

    def __init__(self, labels: np.ndarray, repeats: int, classes: bool) -> None:
        self._labels = labels
        self._classes = classes
        self._scores = np.zeros((len(labels), repeats))
        self._predicted = np.zeros((len(labels), repeats))

    def add(self, repeat: int, rows: np.ndarray, predictions: np.ndarray) -> None:
        if predictions.ndim > 1:
            self._scores[rows, repeat] = predictions.max(axis=1)
            self._predicted[rows, repeat] = predictions.argmax(axis=1)
        else:
            self._scores[rows, repeat] = predictions
            self._predicted[rows, repeat] = predictions > 0.5

    def write(self, path: Path) -> None:
        """label, mean score and, of classes, the one predicted most often."""
        columns = [self._labels, self._scores.mean(axis=1)]
        if self._classes:
            columns.append(np.array([_most_frequent(row) for row in self._predicted]))
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savetxt(path, np.column_stack(columns), delimiter=",", fmt="%f")


def _most_frequent(values: np.ndarray) -> float:
    names, counts = np.unique(values, return_counts=True)
    return names[counts.argmax()]
