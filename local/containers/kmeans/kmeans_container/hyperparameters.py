"""The hyperparameters of K-Means, as AWS documents them: all are honoured."""

from __future__ import annotations

from typing import Any

from sagemaker_contract.hyperparameter_table import (
    Choice,
    Hyperparameter,
    Integer,
    JsonList,
    Real,
    read_hyperparameters,
)

from .clustering import ClusteringSettings
from .lloyd import LloydSettings

_INIT_METHOD = Choice(("random", "kmeans++"))

TABLE = (
    Hyperparameter("feature_dim", Integer(low=1), required=True),
    Hyperparameter("k", Integer(low=1), required=True),
    Hyperparameter("epochs", Integer(low=1), "1"),
    Hyperparameter("eval_metrics", JsonList(("msd", "ssd")), '["msd"]'),
    Hyperparameter("extra_center_factor", Integer(low=1, words=("auto",)), "auto"),
    Hyperparameter("half_life_time_size", Integer(low=0), "0"),
    Hyperparameter("init_method", _INIT_METHOD, "random"),
    Hyperparameter("local_lloyd_init_method", _INIT_METHOD, "kmeans++"),
    Hyperparameter("local_lloyd_max_iter", Integer(low=1), "300"),
    Hyperparameter("local_lloyd_num_trials", Integer(low=1, words=("auto",)), "auto"),
    Hyperparameter("local_lloyd_tol", Real(low=0, high=1), "0.0001"),
    Hyperparameter("mini_batch_size", Integer(low=1), "5000"),
)

#: What `auto` came to in logs of jobs on AWS, with k = 8; its rule is not documented.
_AUTO_EXTRA_CENTER_FACTOR = 10
_AUTO_LLOYD_TRIALS = 10


def parse(given: dict[str, Any]) -> dict[str, Any]:
    """Values by name. Raises UserError."""
    return read_hyperparameters(TABLE, given)


def clustering_settings(values: dict[str, Any]) -> ClusteringSettings:
    return ClusteringSettings(
        k=values["k"],
        init_method=values["init_method"],
        extra_center_factor=_resolved(values["extra_center_factor"], _AUTO_EXTRA_CENTER_FACTOR),
        mini_batch_size=values["mini_batch_size"],
        epochs=values["epochs"],
        half_life_time_size=values["half_life_time_size"],
        local_lloyd=LloydSettings(
            init_method=values["local_lloyd_init_method"],
            trials=_resolved(values["local_lloyd_num_trials"], _AUTO_LLOYD_TRIALS),
            max_iterations=values["local_lloyd_max_iter"],
            tolerance=values["local_lloyd_tol"],
        ),
    )


def _resolved(value: int | str, automatic: int) -> int:
    return automatic if value == "auto" else int(value)
