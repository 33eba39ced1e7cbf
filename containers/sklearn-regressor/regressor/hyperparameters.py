"""Hyperparameters: texts in a JSON file, as SageMaker writes them."""

import json
from pathlib import Path

# Names and defaults are scikit-learn's HistGradientBoostingRegressor's.
KINDS = {
    "learning_rate": float,
    "max_iter": int,
    "max_leaf_nodes": int,
    "min_samples_leaf": int,
    "l2_regularization": float,
    "random_state": int,
}


class HyperparameterError(Exception):
    """A hyperparameter that is unknown, or not of its kind."""


def read_hyperparameters(file: Path) -> dict[str, float | int]:
    """Raises HyperparameterError with the name of the first one that is wrong."""
    read = {}
    for name, text in json.loads(file.read_text()).items():
        kind = KINDS.get(name)
        if kind is None:
            raise HyperparameterError(
                f"unknown hyperparameter {name}: there are {', '.join(KINDS)}"
            )
        try:
            read[name] = kind(text)
        except ValueError as error:
            wanted = "a whole number" if kind is int else "a number"
            raise HyperparameterError(f"{name} is {text!r}: {wanted} is needed") from error
    return read
