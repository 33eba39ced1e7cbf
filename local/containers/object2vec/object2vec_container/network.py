"""The network in JAX: its first parameters, and what it gives for pairs of sequences."""

from __future__ import annotations

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from .encoders import encode
from .network_shape import NetworkShape

_ACTIVATIONS = {"tanh": jnp.tanh, "relu": jax.nn.relu, "linear": lambda values: values}

#: {"encoder0": ..., "encoder1": ..., "head": ...}, each a name -> array.
Parameters = dict[str, dict[str, jax.Array]]


def initial_parameters(shape: NetworkShape, random: np.random.Generator) -> Parameters:
    """Glorot-uniform weights, zero biases but for an LSTM's forget gate, whose 1 keeps memory."""
    layers = {
        "encoder0": shape.encoders[0].parameters(),
        "encoder1": shape.encoders[1].parameters(),
        "head": shape.head(),
    }
    return {
        group: {name: jnp.asarray(_initial(name, size, random)) for name, size in shapes.items()}
        for group, shapes in layers.items()
    }


def initial_tables(shape: NetworkShape, random: np.random.Generator) -> dict[str, np.ndarray]:
    """Token vectors of length one on average, [vocab_size, token_dim], by name of the table."""
    return {
        name: (random.standard_normal(size, np.float32) / np.sqrt(np.float32(size[1])))
        for name, size in shape.tables().items()
    }


def _initial(name: str, size: tuple[int, ...], random: np.random.Generator) -> np.ndarray:
    if name.endswith("bias"):
        bias = np.zeros(size, np.float32)
        if "forward" in name or "backward" in name:
            quarter = size[0] // 4
            bias[quarter : 2 * quarter] = 1
        return bias
    window = int(np.prod(size[:-2]))
    limit = np.sqrt(6 / (window * (size[-2] + size[-1])))
    return random.uniform(-limit, limit, size).astype(np.float32)


@dataclass(frozen=True)
class Side:
    """One side of a batch of pairs: vectors [batch, length, token_dim], mask [batch, length]."""

    vectors: jax.Array
    mask: jax.Array


def predict(
    shape: NetworkShape,
    parameters: Parameters,
    sides: tuple[Side, Side],
    dropout: tuple[float, jax.Array] | None = None,
) -> jax.Array:
    """[batch, outputs]: logits of the classes, or the number itself.

    `dropout`: its probability and a random key, in training
    """
    codes = []
    for number, (encoder, side) in enumerate(zip(shape.encoders, sides, strict=True)):
        code = encode(encoder, parameters[f"encoder{number}"], side.vectors, side.mask)
        codes.append(_drop(code, dropout, number))
    values = compare(shape.comparators, *codes)
    head = parameters["head"]
    activation = _ACTIVATIONS[shape.mlp_activation]
    for layer in range(shape.mlp_layers):
        values = activation(values @ head[f"mlp{layer}_weight"] + head[f"mlp{layer}_bias"])
        values = _drop(values, dropout, 2 + layer)
    return values @ head["output_weight"] + head["output_bias"]


def compare(comparators: tuple[str, ...], first: jax.Array, second: jax.Array) -> jax.Array:
    """The comparisons side by side, in the order of the list."""
    parts = {
        "hadamard": lambda: first * second,
        "concat": lambda: jnp.concatenate((first, second), 1),
        "abs_diff": lambda: jnp.abs(first - second),
    }
    return jnp.concatenate([parts[name]() for name in comparators], 1)


def _drop(values: jax.Array, dropout: tuple[float, jax.Array] | None, place: int) -> jax.Array:
    if dropout is None or dropout[0] == 0:
        return values
    probability, key = dropout
    if probability == 1:
        return jnp.zeros_like(values)
    kept = jax.random.bernoulli(jax.random.fold_in(key, place), 1 - probability, values.shape)
    return jnp.where(kept, values / (1 - probability), 0)
