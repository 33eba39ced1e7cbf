"""A training job, from its configuration to the saved model."""

from __future__ import annotations

import logging

import numpy as np
from sagemaker_contract.algorithm_logs import log_progress, log_quality
from sagemaker_contract.errors import UserError
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.resources import only_host
from sagemaker_contract.tabular_channels import check_channels, read_rows

from .clustering import cluster
from .hyperparameters import clustering_settings, parse
from .model_files import save_model
from .nearest_centers import nearest_centers

#: Training is the same each time it runs on the same rows; on AWS it is not.
_SEED = 0

logger = logging.getLogger(__name__)


def run_training_job(opt_ml: OptMl) -> None:
    """Trains as input/config says, scores the test channel, leaves the model in model/.

    Raises UserError; the message is the user's.
    """
    given = opt_ml.config("hyperparameters")
    channels = opt_ml.config("inputdataconfig")
    values = parse(given)
    check_channels(channels, required={"train"}, optional={"test"})
    _check_test_channel("eval_metrics" in given, "test" in channels)
    host = only_host(opt_ml)
    settings = clustering_settings(values)

    rows = {
        name: read_rows(opt_ml, name, channels[name], values["feature_dim"], labelled=False)
        for name in channels
    }
    points = rows["train"].features
    if len(points) < settings.k:
        raise UserError(
            f"Channel 'train' has {len(points)} rows: {settings.k} clusters (k) need as many."
        )
    if settings.mini_batch_size < settings.k and len(points) > settings.mini_batch_size:
        raise UserError(
            f"Hyperparameter mini_batch_size: got {settings.mini_batch_size}; it must be at least "
            f"k, {settings.k}, since clusters start from rows of the first mini-batch."
        )

    clustering = cluster(
        points,
        settings,
        np.random.default_rng(_SEED),
        lambda done: log_progress(host, done, settings.epochs),
    )
    if clustering.reduction_msd is not None:
        log_quality(host, "train", "msd", clustering.reduction_msd)
    save_model(clustering.centers, opt_ml.model)

    if "test" in rows:
        _score(host, rows["test"].features, clustering.centers, values["eval_metrics"])
    else:
        logger.info("Test data is not provided.")


def _check_test_channel(metrics_given: bool, test_fed: bool) -> None:
    if metrics_given and not test_fed:
        raise UserError(
            "Hyperparameter eval_metrics is given, but there is no channel 'test' to compute them "
            "on: feed it, or leave eval_metrics out."
        )


def _score(host: str, points: np.ndarray, centers: np.ndarray, metrics: list[str]) -> None:
    # Of the centers as they are saved, in single precision.
    _, squared = nearest_centers(points, centers.astype(np.float32).astype(np.float64))
    values = {"msd": float(squared.mean()), "ssd": float(squared.sum())}
    for name in metrics:
        log_quality(host, "test", name, values[name])
