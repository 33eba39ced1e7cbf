"""Which input channels a job may have, and the pairs in them."""

from __future__ import annotations

import logging
from typing import Any

from sagemaker_contract.channel_files import files_of, size_of
from sagemaker_contract.errors import UserError
from sagemaker_contract.media_types import split_header
from sagemaker_contract.opt_ml import OptMl

from .network_shape import NetworkShape
from .pairs import Pairs, read_pairs

PAIR_CHANNELS = ("train", "validation", "test")
AUXILIARY = "auxiliary"
_CONTENT_TYPE = "application/jsonlines"

logger = logging.getLogger(__name__)


def check_channels(channels: dict[str, dict[str, Any]], pretrained: bool) -> None:
    """Checks inputdataconfig.json. `pretrained`: whether pretrained vectors are asked for

    Raises UserError.
    """
    if "train" not in channels:
        raise UserError("Channel train is required: the job has none")
    for name, settings in channels.items():
        if name not in (*PAIR_CHANNELS, AUXILIARY):
            known = ", ".join((*PAIR_CHANNELS, AUXILIARY))
            raise UserError(f"Channel {name} is unknown: Object2Vec has {known}")
        if settings.get("TrainingInputMode") == "Pipe":
            raise UserError(f"Channel {name} has input mode Pipe: Object2Vec reads files, use File")
        given = settings.get("ContentType")
        if name in PAIR_CHANNELS and given and split_header(given)[0] != _CONTENT_TYPE:
            raise UserError(
                f"Channel {name} has content type {given}: Object2Vec reads {_CONTENT_TYPE}"
            )
    if pretrained and AUXILIARY not in channels:
        raise UserError(
            "Pretrained vectors are read from channel auxiliary, and the job has no such channel"
        )
    if not pretrained and AUXILIARY in channels:
        logger.warning("Channel auxiliary is not read: no pretrained_embedding_file is given")


def read_channel(opt_ml: OptMl, name: str, network: NetworkShape) -> Pairs:
    """Raises UserError"""
    folder = opt_ml.channel(name)
    if size_of(folder) == 0:
        raise UserError(f"No data in channel {name} ({opt_ml.as_on_aws(folder)})")
    # Spark's _SUCCESS marker is no data.
    files = [path for path in files_of(folder) if not path.name.startswith("_")]
    pairs = read_pairs([(str(path.relative_to(folder.parent)), path) for path in files], network)
    for side, sequences in enumerate(pairs.sides):
        if sequences.cut_short:
            logger.warning(
                "%s: %d of %d sequences in%d are longer than enc%d_max_seq_len, %d, and were cut",
                name,
                sequences.cut_short,
                len(pairs),
                side,
                side,
                network.max_seq_lens[side],
            )
    logger.info("%s: %d pairs", name, len(pairs))
    return pairs
