"""A training job of Linear Learner, from its configuration to the saved model."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.resources import only_host
from sagemaker_contract.tabular_channels import Rows

from .fitting import Assessment, fit
from .hyperparameters import BINARY, MULTICLASS, parse_hyperparameters
from .linear_model import LinearModel
from .log_lines import LogLines
from .losses import objective_name
from .metrics import metrics_of
from .model_grid import model_settings
from .parallel_models import Batchwise, ParallelModels
from .scaling import Scaling
from .selection import Selection
from .thresholds import best_threshold, neutral_threshold
from .training_data import read_channels, row_weights

logger = logging.getLogger(__name__)


def run_training_job(opt_ml: OptMl) -> None:
    """Trains as input/config says and leaves the model in model/.

    Raises UserError and UnsupportedOnLaptopError, whose message is the user's.
    """
    host = only_host(opt_ml)
    if opt_ml.optional_config("checkpointconfig"):
        logger.warning("Checkpoints are neither written nor read: the job starts from the start.")
    hyperparameters = parse_hyperparameters(opt_ml.config("hyperparameters"))
    lines = LogLines(host)
    data = read_channels(opt_ml, hyperparameters)
    model = train_model(data, hyperparameters, lines)
    model.save(opt_ml.model)

    # As on AWS: scores on training data only where there are no validation data.
    scored = "validation" if "validation" in data else "train"
    for channel in (scored, "test"):
        if channel in data:
            rows = data[channel]
            lines.channel_scores(
                channel, metrics_of(model, rows.features, rows.labels, hyperparameters)
            )
    lines.info(f"Best model found for hyperparameters: {json.dumps(model.training['settings'])}")
    if "test" not in data:
        lines.info("Test data is not provided.")


def train_model(
    data: Mapping[str, Rows], hyperparameters: Mapping[str, Any], lines: LogLines
) -> LinearModel:
    """The best model of all epochs. `data`: by channel, `train` and perhaps `validation`"""
    train, compared = data["train"], data.get("validation", data["train"])
    scaling = Scaling.fit(train.features, train.labels, hyperparameters)
    outputs = (
        hyperparameters["num_classes"] if hyperparameters["predictor_type"] == MULTICLASS else 1
    )
    width = train.features.shape[1]
    settings = model_settings(hyperparameters, width * outputs, _negatives_a_positive(train))
    models = ParallelModels(hyperparameters, settings, width, outputs)
    validated = "validation" in data
    selection = Selection(compared.features, compared.labels, scaling, hyperparameters, validated)
    report = _EpochReport(lines, hyperparameters, selection, validated, len(train.labels))
    best = fit(
        models,
        Batchwise(
            scaling.features(train.features),
            scaling.labels(train.labels),
            row_weights(train.labels, hyperparameters),
        ),
        hyperparameters,
        report.assess,
        keep_best_epoch=validated,
    )
    weights, bias = scaling.unscaled(best.weights, best.bias)
    model = LinearModel(
        hyperparameters["predictor_type"],
        hyperparameters["loss"],
        weights,
        bias,
        training={
            "settings": settings[best.number].reported(hyperparameters["optimizer"]),
            "model": best.number,
            "epoch": best.epoch,
        },
    )
    return _calibrated(model, compared, hyperparameters, selection.calibration_rows())


class _EpochReport:
    """Compares the models after each epoch and logs it. The objectives are those of the first
    model, which has the job's own hyperparameters, as on AWS.
    """

    def __init__(
        self,
        lines: LogLines,
        hyperparameters: Mapping[str, Any],
        selection: Selection,
        validated: bool,
        rows: int,
    ) -> None:
        self._lines = lines
        self._epochs = hyperparameters["epochs"]
        self._objective = objective_name(hyperparameters["loss"])
        self._selection = selection
        self._validated = validated
        self._rows = rows
        self._began = time.perf_counter()

    def assess(self, epoch: int, losses: np.ndarray, models: ParallelModels) -> Assessment:
        seconds = time.perf_counter() - self._began
        assessment, compared = self._selection.assess(losses, models)
        lines = self._lines
        lines.epoch_objective(epoch, "train", self._objective, float(losses[0]))
        if self._validated:
            lines.epoch_objective(epoch, "validation", self._objective, float(compared[0]))
        name, best = list(assessment.stopping.items())[-1]
        lines.early_stopping(epoch, name, -best if name == self._objective else best)
        lines.progress(100 * (epoch + 1) // self._epochs)
        lines.throughput(self._rows / max(seconds, 1e-9))
        self._began = time.perf_counter()
        return assessment


def _calibrated(
    model: LinearModel, compared: Rows, hyperparameters: Mapping[str, Any], count: int
) -> LinearModel:
    if model.predictor_type != BINARY:
        return model
    neutral = neutral_threshold(model.loss)
    criterion = hyperparameters["binary_classifier_model_selection_criteria"]
    if criterion == "loss_function":
        return replace(model, threshold=neutral)
    scores = model.scores(model.raw_scores(compared.features[:count]))
    threshold = best_threshold(scores, compared.labels[:count], neutral, hyperparameters)
    if threshold.criterion < 0:
        logger.warning("No threshold reaches the target of %s; the nearest is used.", criterion)
    return replace(model, threshold=threshold.value)


def _negatives_a_positive(train: Rows) -> float:
    positives = int((train.labels == 1).sum())
    return (len(train.labels) - positives) / positives if positives else 1.0
