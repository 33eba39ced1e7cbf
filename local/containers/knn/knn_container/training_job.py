"""A training job, from its configuration to the saved model."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from sagemaker_contract.algorithm_logs import log_quality
from sagemaker_contract.errors import UserError
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.resources import only_host
from sagemaker_contract.tabular_channels import Rows, check_channels, read_rows

from .hyperparameters import FLAT, PRODUCT_QUANTIZED, parse
from .inverted_index import CODES_PER_SUBVECTOR
from .model import Model, train_model
from .model_files import save_model
from .prediction import CLASSIFIER, score
from .sampling import reservoir_sample

#: Training samples the same rows each time it runs on the same; on AWS it does not.
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
        name: read_rows(opt_ml, name, channels[name], values["feature_dim"], labelled=True)
        for name in channels
    }
    if values["predictor_type"] == CLASSIFIER:
        for name, part in rows.items():
            _check_classes(name, part.labels)

    train = rows["train"]
    sampled = reservoir_sample(
        len(train.features), values["sample_size"], np.random.default_rng(_SEED)
    )
    logger.info("%d of %d rows go into the index.", len(sampled), len(train.features))
    _check_sample(len(sampled), values)
    model = train_model(train.features[sampled], train.labels[sampled], values)
    save_model(model, opt_ml.model)
    if "test" in rows:
        _score(host, rows["test"], model, values["mini_batch_size"])
    else:
        logger.info("Test data is not provided.")


def _check_classes(channel: str, labels: np.ndarray) -> None:
    wrong = np.flatnonzero((labels != np.floor(labels)) | (labels < 0))
    if len(wrong):
        raise UserError(
            f"Channel '{channel}', row {wrong[0] + 1}: got label {labels[wrong[0]]}; with "
            "predictor_type classifier labels must be integers from 0. Is it a regressor's?"
        )


def _check_sample(rows: int, values: dict[str, Any]) -> None:
    if values["k"] > rows:
        raise UserError(
            f"Hyperparameter k: got {values['k']}; channel 'train' has {rows} rows, k must be at "
            "most as many."
        )
    if values["index_type"] == FLAT:
        return
    lists = values["faiss_index_ivf_nlists"]
    if lists != "auto" and lists > rows:
        raise UserError(
            f"Hyperparameter faiss_index_ivf_nlists: got {lists}; there are {rows} rows for as "
            "many lists."
        )
    if values["index_type"] == PRODUCT_QUANTIZED and rows < CODES_PER_SUBVECTOR:
        raise UserError(
            f"Hyperparameter index_type: got {PRODUCT_QUANTIZED}; it needs at least "
            f"{CODES_PER_SUBVECTOR} rows to learn its codes from, there are {rows}."
        )


def _score(host: str, test: Rows, model: Model, batch_size: int) -> None:
    """A line for each mini-batch, as AWS documents it, and one for the whole channel."""
    name, better = ("accuracy", "score") if model.predictor_type == CLASSIFIER else ("mse", "loss")
    predictions = np.empty(len(test.labels))
    for start in range(0, len(predictions), batch_size):
        batch = slice(start, start + batch_size)
        predictions[batch] = model.predict(test.features[batch])
        value = score(test.labels[batch], predictions[batch], model.predictor_type)
        logger.info("#test_score (%s) : ('%s', %s)", host, name, value)
    whole = score(test.labels, predictions, model.predictor_type)
    log_quality(host, "test", name, whole, better)
