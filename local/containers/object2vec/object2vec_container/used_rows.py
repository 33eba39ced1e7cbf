"""The rows of a token table that a batch mentions."""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp


class UsedRows(NamedTuple):
    #: Token ids, each once; those that only fill the array lie beyond the table.
    ids: jax.Array
    #: By side of the pairs: which of `ids` each token of the batch is, [batch, length].
    place: dict[int, jax.Array]

    @classmethod
    def of(cls, sides: dict[int, tuple[jax.Array, jax.Array]], vocab_size: int) -> UsedRows:
        """`sides`: tokens and mask, [batch, length], of the sides that use the table"""
        mentioned = jnp.concatenate(
            [jnp.where(mask > 0, tokens, vocab_size).ravel() for tokens, mask in sides.values()]
        )
        size = min(mentioned.size, vocab_size + 1)
        ids, place = jnp.unique(mentioned, size=size, fill_value=vocab_size, return_inverse=True)
        places, start = {}, 0
        for side, (tokens, _) in sides.items():
            end = start + tokens.size
            places[side] = place[start:end].reshape(tokens.shape)
            start = end
        return cls(ids, places)


def gather(table: jax.Array, ids: jax.Array) -> jax.Array:
    """Rows of the table, zeros for ids beyond it."""
    return table.at[ids].get(mode="fill", fill_value=0)


def scatter(table: jax.Array, ids: jax.Array, rows: jax.Array) -> jax.Array:
    """The table with new rows; ids beyond it are left out."""
    return table.at[ids].set(rows, mode="drop")
