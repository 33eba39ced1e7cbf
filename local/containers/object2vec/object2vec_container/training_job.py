"""A training job, from its configuration to the saved model."""

from __future__ import annotations

import logging

from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.resources import only_host

from .channels import AUXILIARY, PAIR_CHANNELS, check_channels, read_channel
from .hyperparameters import parse_hyperparameters
from .learning import learn
from .memory import check_memory, physical_memory
from .model_files import save_model

logger = logging.getLogger(__name__)


def run_training_job(opt_ml: OptMl) -> None:
    """Trains as input/config says and leaves the model in model/.

    Raises UserError for what the user can mend.
    """
    hyperparameters = parse_hyperparameters(opt_ml.config("hyperparameters"))
    channels = opt_ml.config("inputdataconfig")
    host = only_host(opt_ml)
    pretrained = any(encoder.pretrained_embedding_file for encoder in hyperparameters.encoders)
    check_channels(channels, pretrained)
    if hyperparameters.row_sparse and hyperparameters.bucket_width:
        logger.warning("bucket_width is taken as 0: token_embedding_storage_type is row_sparse")
    network = hyperparameters.network()
    check_memory(network, physical_memory())
    pairs = {
        name: read_channel(opt_ml, name, network) for name in PAIR_CHANNELS if name in channels
    }
    model = learn(hyperparameters, pairs, opt_ml.channel(AUXILIARY), host)
    save_model(model, opt_ml.model)
    logger.info("Saved the model to %s", opt_ml.as_on_aws(opt_ml.model))
