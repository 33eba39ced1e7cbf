"""Loss and quality of what the network gives for pairs whose labels are known."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from .network_shape import SOFTMAX, NetworkShape


def losses(shape: NetworkShape, outputs: jax.Array, labels: jax.Array) -> jax.Array:
    """Cross entropy (natural logarithm) or squared error of each pair, [batch]."""
    if shape.output_layer == SOFTMAX:
        logits = jax.nn.log_softmax(outputs)
        return -jnp.take_along_axis(logits, labels[:, None], 1)[:, 0]
    return jnp.square(outputs[:, 0] - labels)


def hits(shape: NetworkShape, outputs: jax.Array, labels: jax.Array) -> jax.Array:
    """1.0 where the likeliest class is the label; zeros in regression. [batch]"""
    if shape.output_layer == SOFTMAX:
        return (outputs.argmax(1) == labels).astype(jnp.float32)
    return jnp.zeros(len(labels), jnp.float32)
