"""Which input channels a job may have, and how they may be configured."""

from __future__ import annotations

from typing import Any

from sagemaker_contract.errors import UnsupportedOnLaptopError, UserError

from .content_types import FORMATS, LIBSVM

_DATA_CHANNELS = ("train", "validation")
_CODE_CHANNEL = "code"
_DISTRIBUTIONS = ("FullyReplicated", "ShardedByS3Key")
#: libsvm cannot be read from a pipe, whatever name it is given.
_PIPED = tuple(name for name, data_format in FORMATS.items() if data_format != LIBSVM)


def check_channels(channels: dict[str, dict[str, Any]]) -> None:
    """Checks inputdataconfig.json as the container does: content types match exactly, parameters
    and case included.

    Raises UserError; KeyError where a setting that SageMaker always writes is missing, as on AWS.
    """
    for name, settings in channels.items():
        if name == _CODE_CHANNEL:
            continue
        if name not in _DATA_CHANNELS:
            raise UserError(f"Extraneous channel found: {name}")
        _check_settings(name, settings)
    for name in _DATA_CHANNELS:
        if channels.get(name, {}).get("TrainingInputMode") == "Pipe":
            raise UnsupportedOnLaptopError(
                f"TrainingInputMode Pipe of channel '{name}'", "Use File."
            )


def _check_settings(name: str, settings: dict[str, Any]) -> None:
    content_type = settings.get("ContentType")
    mode = settings["TrainingInputMode"]
    known = FORMATS if mode == "File" else _PIPED if mode == "Pipe" else ()
    supported = (content_type in known or (content_type is None and mode == "File")) and (
        settings["S3DistributionType"] in _DISTRIBUTIONS
    )
    if not supported:
        raise UserError(f"Channel configuration for '{name}' channel is not supported: {settings}")
