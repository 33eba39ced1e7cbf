"""The hyperparameters of PCA, as AWS documents them: all are honoured."""

from __future__ import annotations

from typing import Any

from sagemaker_contract.errors import UserError
from sagemaker_contract.hyperparameter_table import (
    Boolean,
    Choice,
    Hyperparameter,
    Integer,
    read_hyperparameters,
)

REGULAR = "regular"
RANDOMIZED = "randomized"

TABLE = (
    Hyperparameter("feature_dim", Integer(low=1), required=True),
    Hyperparameter("mini_batch_size", Integer(low=1), required=True),
    Hyperparameter("num_components", Integer(low=1), required=True),
    Hyperparameter("algorithm_mode", Choice((REGULAR, RANDOMIZED)), REGULAR),
    Hyperparameter("extra_components", Integer(low=-1), "-1"),
    Hyperparameter("subtract_mean", Boolean(), "true"),
)

_FEWEST_EXTRA_COMPONENTS = 10


def parse(given: dict[str, Any]) -> dict[str, Any]:
    """Values by name; `extra_components` with what -1 stands for. Raises UserError."""
    values = read_hyperparameters(TABLE, given)
    components, width = values["num_components"], values["feature_dim"]
    if components > width:
        raise UserError(
            f"Hyperparameter num_components: got {components}; data with {width} features "
            f"(feature_dim) have no more than {width} components."
        )
    if values["algorithm_mode"] == REGULAR and values["extra_components"] != -1:
        raise UserError(
            f"Hyperparameter extra_components: got {values['extra_components']}; it is for "
            "algorithm_mode randomized only. Leave it out, or choose that mode."
        )
    if values["extra_components"] == -1:
        values["extra_components"] = max(_FEWEST_EXTRA_COMPONENTS, components)
    return values
