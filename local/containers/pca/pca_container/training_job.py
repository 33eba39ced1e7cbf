"""A training job, from its configuration to the saved model."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from sagemaker_contract.algorithm_logs import log_progress
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.resources import only_host
from sagemaker_contract.tabular_channels import check_channels, read_rows

from .components import Components, randomized_components, regular_components
from .hyperparameters import REGULAR, parse
from .model_files import save_model

#: Randomized training is the same each time it runs on the same rows; on AWS it is not.
_SEED = 0

logger = logging.getLogger(__name__)


def run_training_job(opt_ml: OptMl) -> None:
    """Trains as input/config says, scores the test channel, leaves the model in model/.

    Raises UserError; the message is the user's.
    """
    values = parse(opt_ml.config("hyperparameters"))
    channels = opt_ml.config("inputdataconfig")
    check_channels(channels, required={"train"}, optional={"test"})
    host = only_host(opt_ml)
    rows = {
        name: read_rows(opt_ml, name, channels[name], values["feature_dim"], labelled=False)
        for name in channels
    }

    components = find_components(rows["train"].features, values)
    log_progress(host, 1, 1)
    save_model(components, opt_ml.model)
    if "test" in rows:
        _score(rows["test"].features, components)
    else:
        logger.info("Test data is not provided.")


def find_components(rows: np.ndarray, values: dict[str, Any]) -> Components:
    """Of (rows, features), as hyperparameters.parse gives `values`."""
    size = values["mini_batch_size"]
    batches = (rows[start : start + size] for start in range(0, len(rows), size))
    if values["algorithm_mode"] == REGULAR:
        return regular_components(batches, values["num_components"], values["subtract_mean"])
    return randomized_components(
        batches,
        values["num_components"],
        values["extra_components"],
        values["subtract_mean"],
        np.random.default_rng(_SEED),
    )


def _score(rows: np.ndarray, components: Components) -> None:
    # AWS scores a test channel too, but publishes no name of a metric: hence a plain sentence.
    kept = components.project(rows) @ components.v.T + components.mean
    error = float(np.square(rows - kept).sum(axis=1).mean())
    logger.info(
        "Mean squared distance of %d test rows from their reconstruction: %s", len(rows), error
    )
