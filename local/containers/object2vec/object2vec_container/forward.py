"""The network in NumPy, for serving: nothing to compile, so that the first request is as quick as
the others, and JAX is not loaded. test_forward.py holds it against `network`.

Sequences of one length are computed together, so there is no padding here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .encoder_layers import HCNN, POOLED, EncoderShape
from .model_files import Model
from .network_shape import SOFTMAX

#: Numbers in the largest array of a step, about: long requests are computed in parts.
_NUMBERS_AT_ONCE = 1 << 24

Sequences = Sequence[Sequence[int]]
Parameters = dict[str, np.ndarray]


def embeddings(model: Model, side: int, sequences: Sequences) -> np.ndarray:
    """Encodings by encoder `side` (0 or 1), [sequences, enc_dim]. No sequence may be empty."""
    encoder = model.shape.encoders[side]
    parameters = model.parameters[f"encoder{side}"]
    table = model.tables[model.shape.table_of(side)]
    encode = {POOLED: _pool, HCNN: _convolve}.get(encoder.network, _recur)
    lengths = np.array([len(sequence) for sequence in sequences])
    codes = np.empty((len(sequences), encoder.enc_dim), np.float32)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        widest = max(encoder.filter_width * encoder.token_dim, 4 * encoder.enc_dim)
        size = max(1, _NUMBERS_AT_ONCE // int(length * widest))
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            tokens = np.array([sequences[row] for row in part])
            codes[part] = encode(encoder, parameters, table[tokens])
    return codes


def scores(model: Model, pairs: tuple[Sequences, Sequences]) -> np.ndarray:
    """Probabilities of the classes, or the one number of a regression, [pairs, outputs]."""
    shape, head = model.shape, model.parameters["head"]
    first, second = (embeddings(model, side, pairs[side]) for side in (0, 1))
    comparisons = {
        "hadamard": lambda: first * second,
        "concat": lambda: np.concatenate((first, second), 1),
        "abs_diff": lambda: np.abs(first - second),
    }
    values = np.concatenate([comparisons[name]() for name in shape.comparators], 1)
    for layer in range(shape.mlp_layers):
        values = values @ head[f"mlp{layer}_weight"] + head[f"mlp{layer}_bias"]
        if shape.mlp_activation == "tanh":
            values = np.tanh(values)
        elif shape.mlp_activation == "relu":
            values = np.maximum(values, 0)
    values = values @ head["output_weight"] + head["output_bias"]
    if shape.output_layer != SOFTMAX:
        return values
    shares = np.exp(values - values.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)


def _pool(encoder: EncoderShape, parameters: Parameters, vectors: np.ndarray) -> np.ndarray:
    return vectors.mean(1) @ parameters["weight"] + parameters["bias"]


def _convolve(encoder: EncoderShape, parameters: Parameters, vectors: np.ndarray) -> np.ndarray:
    before = (encoder.filter_width - 1) // 2
    margins = ((0, 0), (before, encoder.filter_width - 1 - before), (0, 0))
    pooled = []
    for layer in range(encoder.layers):
        kernel = parameters[f"layer{layer}_weight"]
        padded, length = np.pad(vectors, margins), vectors.shape[1]
        convolved = sum(
            padded[:, shift : shift + length] @ kernel[shift]
            for shift in range(encoder.filter_width)
        )
        vectors = np.maximum(convolved + parameters[f"layer{layer}_bias"], 0)
        pooled.append(vectors.max(1))
    return np.concatenate(pooled, 1)


def _recur(encoder: EncoderShape, parameters: Parameters, vectors: np.ndarray) -> np.ndarray:
    for layer in range(encoder.layers):
        name = f"layer{layer}_"
        forward = _lstm(parameters, f"{name}forward_", vectors)
        backward = _lstm(parameters, f"{name}backward_", vectors[:, ::-1])
        vectors = np.concatenate((forward, backward[:, ::-1]), 2)
    return vectors.max(1)


def _lstm(parameters: Parameters, name: str, vectors: np.ndarray) -> np.ndarray:
    inputs = vectors @ parameters[f"{name}input_weight"] + parameters[f"{name}bias"]
    recurrent = parameters[f"{name}hidden_weight"]
    hidden = cell = np.zeros((len(vectors), len(recurrent)), np.float32)
    states = np.empty((*inputs.shape[:2], len(recurrent)), np.float32)
    for time in range(inputs.shape[1]):
        gates = inputs[:, time] + hidden @ recurrent
        let_in, forget, candidate, let_out = np.split(gates, 4, 1)
        cell = _sigmoid(forget) * cell + _sigmoid(let_in) * np.tanh(candidate)
        hidden = _sigmoid(let_out) * np.tanh(cell)
        states[:, time] = hidden
    return states


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return np.float32(0.5) * (np.tanh(np.float32(0.5) * values) + np.float32(1))
