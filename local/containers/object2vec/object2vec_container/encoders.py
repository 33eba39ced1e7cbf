"""The three encoders in JAX. Padding never shows in a result: positions at or after a sequence's
length are masked.

Arrays: vectors [batch, length, token_dim], mask [batch, length] (1.0 where there is a token).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from .encoder_layers import HCNN, POOLED, EncoderShape

Parameters = dict[str, jax.Array]


def encode(
    shape: EncoderShape, parameters: Parameters, vectors: jax.Array, mask: jax.Array
) -> jax.Array:
    """[batch, enc_dim]"""
    if shape.network == POOLED:
        mean = (vectors * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        return mean @ parameters["weight"] + parameters["bias"]
    layers = _convolve if shape.network == HCNN else _recur
    return layers(shape, parameters, vectors, mask)


def _convolve(
    shape: EncoderShape, parameters: Parameters, vectors: jax.Array, mask: jax.Array
) -> jax.Array:
    """Each layer sees wider phrases than the one below; the strongest answer of every filter of
    every layer is the encoding (Zhao, Lu, Poupart: Self-Adaptive Hierarchical Sentence Model).
    """
    pooled = []
    for layer in range(shape.layers):
        kernel = parameters[f"layer{layer}_weight"]
        masked = vectors * mask[:, :, None]
        convolved = jax.lax.conv_general_dilated(
            masked, kernel, (1,), "SAME", dimension_numbers=("NWC", "WIO", "NWC")
        )
        vectors = jax.nn.relu(convolved + parameters[f"layer{layer}_bias"])
        pooled.append(_strongest(vectors, mask))
    return jnp.concatenate(pooled, 1)


def _recur(
    shape: EncoderShape, parameters: Parameters, vectors: jax.Array, mask: jax.Array
) -> jax.Array:
    """Stacked bidirectional LSTMs, the strongest answer over time of the last one's units (Conneau
    and others: Supervised Learning of Universal Sentence Representations).
    """
    for layer in range(shape.layers):
        both = [
            _lstm(
                {part: parameters[f"layer{layer}_{direction}_{part}"] for part in _LSTM_PARTS},
                vectors,
                mask,
                backward=direction == "backward",
            )
            for direction in ("forward", "backward")
        ]
        vectors = jnp.concatenate(both, 2)
    return _strongest(vectors, mask)


_LSTM_PARTS = ("input_weight", "hidden_weight", "bias")


def _lstm(parameters: Parameters, vectors: jax.Array, mask: jax.Array, backward: bool) -> jax.Array:
    """Hidden states [batch, length, hidden]; the states stand still where the mask is 0."""
    inputs = vectors @ parameters["input_weight"] + parameters["bias"]
    zero = jnp.zeros((vectors.shape[0], parameters["hidden_weight"].shape[0]), vectors.dtype)

    def step(state: tuple[jax.Array, jax.Array], now: tuple[jax.Array, jax.Array]):
        hidden, cell = state
        gates, there = now
        gates = gates + hidden @ parameters["hidden_weight"]
        let_in, forget, candidate, let_out = jnp.split(gates, 4, 1)
        new_cell = jax.nn.sigmoid(forget) * cell + jax.nn.sigmoid(let_in) * jnp.tanh(candidate)
        new_hidden = jax.nn.sigmoid(let_out) * jnp.tanh(new_cell)
        there = there[:, None] > 0
        state = (jnp.where(there, new_hidden, hidden), jnp.where(there, new_cell, cell))
        return state, state[0]

    by_time = (inputs.swapaxes(0, 1), mask.swapaxes(0, 1))
    _, states = jax.lax.scan(step, (zero, zero), by_time, reverse=backward)
    return states.swapaxes(0, 1)


def _strongest(vectors: jax.Array, mask: jax.Array) -> jax.Array:
    return jnp.where(mask[:, :, None] > 0, vectors, -jnp.inf).max(1)
