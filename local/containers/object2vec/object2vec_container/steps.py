"""Training and evaluating in compiled loops over batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from .batches import Batches
from .losses import hits, losses
from .network import Parameters, Side, predict
from .network_shape import NetworkShape
from .pairs import Pairs
from .used_rows import UsedRows, gather, scatter

Tables = dict[str, jax.Array]


class State(NamedTuple):
    """What training changes."""

    parameters: Parameters
    #: Token tables that learn, by name.
    tables: Tables
    optimizer: Any
    table_optimizers: dict[str, Any]


class Device(NamedTuple):
    """A channel's pairs as the compiled loops take them: tokens [pairs, longest], lengths [pairs]
    of each side.
    """

    tokens: tuple[jax.Array, jax.Array]
    lengths: tuple[jax.Array, jax.Array]

    @classmethod
    def of(cls, pairs: Pairs) -> Device:
        first, second = pairs.sides
        return cls(
            (jnp.asarray(first.padded()), jnp.asarray(second.padded())),
            (
                jnp.asarray(first.lengths.astype(np.int32)),
                jnp.asarray(second.lengths.astype(np.int32)),
            ),
        )


class Totals(NamedTuple):
    """Sums over pairs."""

    loss: jax.Array
    hits: jax.Array
    pairs: jax.Array


Lookup = Callable[[str, jax.Array], jax.Array]


@dataclass(frozen=True, eq=False)
class Steps:
    shape: NetworkShape
    optimizer: optax.GradientTransformation
    dropout: float
    #: Only the rows of token tables that a batch mentions are updated.
    row_sparse: bool

    def start(self, parameters: Parameters, tables: Tables) -> State:
        optimizers = {name: self.optimizer.init(table) for name, table in tables.items()}
        return State(parameters, tables, self.optimizer.init(parameters), optimizers)

    def train(
        self, state: State, frozen: Tables, data: Device, batches: Batches, key: jax.Array
    ) -> tuple[State, Totals]:
        """`frozen`: the token tables that do not learn. `state` is used up."""
        return self._train(state, frozen, data, *_arrays(batches), key, lengths=batches.lengths)

    def evaluate(
        self, parameters: Parameters, tables: Tables, data: Device, batches: Batches
    ) -> Totals:
        """`tables`: all of them"""
        return self._evaluate(parameters, tables, data, *_arrays(batches), lengths=batches.lengths)

    @partial(jax.jit, static_argnames=("self", "lengths"), donate_argnames="state")
    def _train(self, state, frozen, data, rows, labels, weights, key, lengths):
        def step(state: State, batch: Any) -> tuple[State, Totals]:
            number, rows, labels, weights = batch
            tokens, masks = _take(data, rows, lengths)
            dropout = (self.dropout, jax.random.fold_in(key, number))
            update = self._update_rows if self.row_sparse else self._update_tables
            return update(state, frozen, tokens, masks, labels, weights, dropout)

        numbers = jnp.arange(labels.shape[0])
        state, totals = jax.lax.scan(step, state, (numbers, rows, labels, weights))
        return state, jax.tree.map(jnp.sum, totals)

    @partial(jax.jit, static_argnames=("self", "lengths"))
    def _evaluate(self, parameters, tables, data, rows, labels, weights, lengths):
        def step(batch: Any) -> Totals:
            rows, labels, weights = batch
            tokens, masks = _take(data, rows, lengths)
            vectors = (tables[self.shape.table_of(side)][tokens[side]] for side in (0, 1))
            return self._judge(parameters, tuple(vectors), masks, labels, weights, None)[1]

        return jax.tree.map(jnp.sum, jax.lax.map(step, (rows, labels, weights)))

    def _judge(self, parameters, vectors, masks, labels, weights, dropout):
        """Mean loss of the batch, and its totals."""
        sides = tuple(Side(v, m) for v, m in zip(vectors, masks, strict=True))
        outputs = predict(self.shape, parameters, sides, dropout)
        each = losses(self.shape, outputs, labels) * weights
        right = hits(self.shape, outputs, labels) * weights
        totals = Totals(each.sum(), right.sum(), weights.sum())
        return totals.loss / totals.pairs, totals

    def _update_tables(self, state, frozen, tokens, masks, labels, weights, dropout):
        def loss(learned: tuple[Parameters, Tables]):
            parameters, tables = learned
            both = {**frozen, **tables}
            vectors = tuple(both[self.shape.table_of(side)][tokens[side]] for side in (0, 1))
            return self._judge(parameters, vectors, masks, labels, weights, dropout)

        learned = (state.parameters, state.tables)
        (_, totals), (slopes, table_slopes) = jax.value_and_grad(loss, has_aux=True)(learned)
        parameters, optimizer = self._apply(state.parameters, slopes, state.optimizer)
        tables, optimizers = dict(state.tables), dict(state.table_optimizers)
        for name, slope in table_slopes.items():
            tables[name], optimizers[name] = self._apply(tables[name], slope, optimizers[name])
        return State(parameters, tables, optimizer, optimizers), totals

    def _update_rows(self, state, frozen, tokens, masks, labels, weights, dropout):
        sides = [self.shape.table_of(side) for side in (0, 1)]
        used = {
            name: UsedRows.of(
                {side: (tokens[side], masks[side]) for side in (0, 1) if sides[side] == name},
                table.shape[0],
            )
            for name, table in state.tables.items()
        }

        def loss(learned: tuple[Parameters, Tables]):
            parameters, rows = learned
            vectors = tuple(
                rows[name][used[name].place[side]]
                if (name := self.shape.table_of(side)) in used
                else frozen[name][tokens[side]]
                for side in (0, 1)
            )
            return self._judge(parameters, vectors, masks, labels, weights, dropout)

        old = {name: gather(table, used[name].ids) for name, table in state.tables.items()}
        (_, totals), (slopes, row_slopes) = jax.value_and_grad(loss, has_aux=True)(
            (state.parameters, old)
        )
        parameters, optimizer = self._apply(state.parameters, slopes, state.optimizer)
        tables, optimizers = dict(state.tables), dict(state.table_optimizers)
        for name, slope in row_slopes.items():
            ids = used[name].ids
            memory = optimizers[name]
            rows_memory = jax.tree.map(lambda m, i=ids: gather(m, i) if m.ndim else m, memory)
            rows, rows_memory = self._apply(old[name], slope, rows_memory)
            tables[name] = scatter(tables[name], ids, rows)
            optimizers[name] = jax.tree.map(
                lambda m, new, i=ids: scatter(m, i, new) if m.ndim else new, memory, rows_memory
            )
        return State(parameters, tables, optimizer, optimizers), totals

    def _apply(self, values, slopes, memory):
        changes, memory = self.optimizer.update(slopes, memory, values)
        return optax.apply_updates(values, changes), memory


def _take(data: Device, rows: Any, lengths: tuple[int, int]) -> tuple[tuple, tuple]:
    """Tokens [batch, length] and masks of both sides."""
    tokens, masks = [], []
    for side in (0, 1):
        tokens.append(data.tokens[side][rows[side]][:, : lengths[side]])
        there = jnp.arange(lengths[side]) < data.lengths[side][rows[side]][:, None]
        masks.append(there.astype(jnp.float32))
    return tuple(tokens), tuple(masks)


def _arrays(batches: Batches) -> tuple[Any, jax.Array, jax.Array]:
    rows = tuple(jnp.asarray(side) for side in batches.rows)
    return rows, jnp.asarray(batches.labels), jnp.asarray(batches.weights)
