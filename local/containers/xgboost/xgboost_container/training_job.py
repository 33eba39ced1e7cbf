"""A training job in algorithm mode, from its configuration to the saved model."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import xgboost as xgb
from sagemaker_contract.channel_files import size_of
from sagemaker_contract.errors import UnsupportedOnLaptopError, UserError
from sagemaker_contract.opt_ml import OptMl

from .boosting import Boosting, Checkpoint
from .channel_files import check_format, warn_of_identical_files
from .channels import check_channels
from .content_types import format_of
from .cross_validation import cross_validate
from .data_readers import read_matrix
from .hyperparameters import parse_hyperparameters
from .model_files import MODEL_NAME, save_model

logger = logging.getLogger(__name__)


def run_training_job(opt_ml: OptMl) -> None:
    """Trains as input/config says and leaves the model in model/.

    Raises UserError and others; the message is the user's.
    """
    raw_hyperparameters = opt_ml.config("hyperparameters")
    channels = opt_ml.config("inputdataconfig")
    hosts = opt_ml.optional_config("resourceconfig").get("hosts", ["algo-1"])
    if "train" not in channels:
        raise KeyError(
            "SM_CHANNEL_TRAIN"
        )  # AWS looks for the environment variable first, hence this error.

    logger.info("Running XGBoost Sagemaker in algorithm mode")
    hyperparameters = parse_hyperparameters(raw_hyperparameters)
    if "updater" in hyperparameters:
        hyperparameters["updater"] = ",".join(hyperparameters["updater"])
    check_channels(channels)
    _refuse_unsupported(hyperparameters, hosts)
    logger.info("Determined 0 GPU(s) available on the instance.")

    train, validation = _read_channels(opt_ml, channels, hyperparameters)
    logger.info("Single node training.")
    print("TRAIN_JOB_DEBUG: Received is_master=True", flush=True)
    logger.info("Train matrix has %d rows and %d columns", train.num_row(), train.num_col())
    evaluated = [(train, "train")]
    if validation is not None:
        logger.info("Validation matrix has %d rows", validation.num_row())
        evaluated.append((validation, "validation"))

    boosting = Boosting(hyperparameters, evaluated, opt_ml.model)
    if "_kfold" in hyperparameters:
        folders = [opt_ml.channel(name) for name in ("train", "validation") if name in channels]
        both = read_matrix(folders, _format(channels), hyperparameters.get("csv_weights", 0))
        cross_validate(boosting, both, opt_ml.output / "data" / "predictions.csv")
        return

    checkpoint = Checkpoint.in_folder(_checkpoint_folder(opt_ml))
    if checkpoint.model is not None:
        logger.info("Checkpoint loaded from %s", opt_ml.as_on_aws(checkpoint.model))
        logger.info("Resuming from iteration %d", checkpoint.rounds_done)
    booster, _ = boosting.train(train, MODEL_NAME, checkpoint)
    print(
        f"FINAL_MODEL_DEBUG: is_master=True, model_dir={opt_ml.as_on_aws(opt_ml.model)}", flush=True
    )
    print("FINAL_MODEL_SAVE: Saving final model as master", flush=True)
    save_model(booster, opt_ml.model)


def _refuse_unsupported(hyperparameters: dict[str, Any], hosts: list[str]) -> None:
    if len(hosts) > 1:
        raise UnsupportedOnLaptopError(f"Training on {len(hosts)} instances", "Use one instance.")
    if (
        hyperparameters.get("use_dask_gpu_training") == "true"
        or hyperparameters.get("tree_method") == "gpu_hist"
    ):
        raise UnsupportedOnLaptopError(
            "Training on GPUs", "Use tree_method hist, without use_dask_gpu_training."
        )


def _read_channels(
    opt_ml: OptMl, channels: dict[str, Any], hyperparameters: dict[str, Any]
) -> tuple[xgb.DMatrix, xgb.DMatrix | None]:
    """Train's rows, and validation's where the job has that channel."""
    data_format = _format(channels)
    names = [name for name in ("train", "validation") if name in channels]
    folders = {name: opt_ml.channel(name) for name in names}
    filled = [name for name in names if size_of(folders[name]) > 0]
    for name in filled:
        check_format(folders[name], data_format)
    if "validation" in names:
        warn_of_identical_files(folders["train"], folders["validation"])

    weights = hyperparameters.get("csv_weights", 0)
    matrices = {name: read_matrix([folders[name]], data_format, weights) for name in filled}
    for name, place in (("train", "training"), ("validation", "validation")):
        if name in names and name not in filled:
            raise UserError(f"No data in {place} channel path {opt_ml.as_on_aws(folders[name])}")
    return matrices["train"], matrices.get("validation")


def _format(channels: dict[str, Any]) -> str:
    # The validation channel is read as train's type, whatever its own is: a quirk of the container.
    return format_of(channels["train"].get("ContentType"))


def _checkpoint_folder(opt_ml: OptMl) -> Path | None:
    path = opt_ml.optional_config("checkpointconfig").get("LocalPath")
    return opt_ml.resolve(path) if path else None
