"""The optimisers by name, with the constants that MXNet, which AWS's container is built on, gives
them. Weight decay is L2, added to the gradient of weights, not of biases.
"""

from __future__ import annotations

from collections.abc import Callable

import jax
import optax

_BY_NAME: dict[str, Callable[[float], optax.GradientTransformation]] = {
    "adam": lambda rate: optax.adam(rate, b1=0.9, b2=0.999, eps=1e-8),
    "adagrad": lambda rate: optax.adagrad(rate, initial_accumulator_value=0.0, eps=1e-7),
    "adadelta": lambda rate: optax.adadelta(rate, rho=0.9, eps=1e-5),
    "sgd": lambda rate: optax.sgd(rate),
    "rmsprop": lambda rate: optax.rmsprop(rate, decay=0.9, eps=1e-8),
}

NAMES = tuple(_BY_NAME)
#: Those that can update some rows of a table only.
SPARSE_NAMES = ("adam", "adagrad", "sgd")


def optimizer(name: str, learning_rate: float, weight_decay: float) -> optax.GradientTransformation:
    method = _BY_NAME[name](learning_rate)
    if weight_decay == 0:
        return method
    return optax.chain(optax.add_decayed_weights(weight_decay, mask=_weights), method)


def _weights(parameters: optax.Params) -> optax.Params:
    def is_weight(path: tuple[jax.tree_util.KeyEntry, ...], _: jax.Array) -> bool:
        return not str(path[-1]).rstrip("]'\"").endswith("bias") if path else True

    return jax.tree_util.tree_map_with_path(is_weight, parameters)
