"""Epoch after epoch, until the last or until nothing is gained."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from .batches import Batches, Plan
from .early_stopping import EarlyStopping
from .hyperparameters import Hyperparameters
from .metrics import Metrics, check_finite
from .model_files import Model
from .network import initial_parameters, initial_tables
from .network_shape import NetworkShape
from .optimizers import optimizer
from .pairs import Pairs
from .pretrained import load_pretrained
from .steps import Device, State, Steps, Totals

#: Object2Vec has no hyperparameter for it: a job gives the same model each time.
_SEED = 20181101

#: Token vectors' numbers in one batch of an evaluation, at most.
_EVALUATED_AT_ONCE = 1 << 23

logger = logging.getLogger(__name__)


def learn(
    hyperparameters: Hyperparameters,
    channels: dict[str, Pairs],
    auxiliary: Path,
    host: str,
) -> Model:
    """Trains on channel train, reports every epoch, keeps the best epoch's model where there is
    channel validation and the last one's otherwise, and reports what it is worth on channel test.

    Raises UserError.
    """
    shape = hyperparameters.network()
    random = np.random.default_rng(_SEED)
    parameters, tables = initial_parameters(shape, random), initial_tables(shape, random)
    pretrained = _load_pretrained(hyperparameters, shape, auxiliary, tables)
    frozen = {name: jnp.asarray(tables.pop(name)) for name, fixed in pretrained.items() if fixed}
    learned = {name: jnp.asarray(table) for name, table in tables.items()}

    method = optimizer(
        hyperparameters.optimizer, hyperparameters.learning_rate, hyperparameters.weight_decay
    )
    steps = Steps(shape, method, hyperparameters.dropout, hyperparameters.row_sparse)
    exams = {
        name: Exam(steps, frozen, Device.of(pairs), _all_of(pairs, shape))
        for name, pairs in channels.items()
        if name != "train"
    }
    start = steps.start(parameters, learned)
    best = _train(hyperparameters, steps, start, frozen, channels["train"], exams, host)
    if "test" in exams:
        exams["test"].take(best.state).report(host, "test")
    parameters = jax.tree.map(np.asarray, best.state.parameters)
    return Model(shape, parameters, jax.tree.map(np.asarray, {**frozen, **best.state.tables}))


@dataclass(frozen=True)
class Exam:
    """A channel that the network is judged on."""

    steps: Steps
    frozen: dict[str, jax.Array]
    data: Device
    batches: Batches

    def take(self, state: State) -> Metrics:
        tables = {**self.frozen, **state.tables}
        totals = self.steps.evaluate(state.parameters, tables, self.data, self.batches)
        return Metrics.of(totals, self.steps.shape.output_layer)


@dataclass(frozen=True)
class _Best:
    state: State
    epoch: int
    validation: Metrics | None


def _train(
    hyperparameters: Hyperparameters,
    steps: Steps,
    state: State,
    frozen: dict[str, jax.Array],
    pairs: Pairs,
    exams: dict[str, Exam],
    host: str,
) -> _Best:
    # Sparse updates and buckets of length exclude each other, as on AWS.
    bucket_width = 0 if hyperparameters.row_sparse else hyperparameters.bucket_width
    plan = Plan(
        pairs,
        hyperparameters.mini_batch_size,
        bucket_width,
        hyperparameters.negative_sampling_rate,
    )
    data = Device.of(pairs)
    random, key = np.random.default_rng(_SEED + 1), jax.random.key(_SEED)
    stopping = EarlyStopping(
        hyperparameters.early_stopping_patience, hyperparameters.early_stopping_tolerance
    )
    best: _Best | None = None
    epoch = 0
    for epoch in range(hyperparameters.epochs):
        sums: list[Totals] = []
        for number, batches in enumerate(plan.epoch(random)):
            step_key = jax.random.fold_in(jax.random.fold_in(key, epoch), number)
            state, totals = steps.train(state, frozen, data, batches, step_key)
            sums.append(totals)
        judged = Metrics.of(Totals(*map(sum, zip(*sums, strict=True))), steps.shape.output_layer)
        judged.report(host, f"epoch={epoch}, train")
        validation = exams["validation"].take(state) if "validation" in exams else None
        if validation is not None:
            judged = validation
            judged.report(host, "validation")
        check_finite(judged, epoch)
        if validation is None:
            best = _Best(state, epoch, None)
        elif best is None or best.validation is None or judged.loss < best.validation.loss:
            best = _Best(_copy(state), epoch, validation)
        if stopping.should_stop(judged.loss):
            logger.info("Stopping early after epoch %d: the loss no longer falls", epoch)
            break
    if best is None:
        raise AssertionError("epochs is at least 1")
    if best.validation is not None and best.epoch < epoch:
        # The last line of a metric is the model's.
        logger.info("Keeping the model of epoch %d, the best on channel validation", best.epoch)
        best.validation.report(host, "validation")
    return best


def _copy(state: State) -> State:
    """The next epoch uses the state up: what is kept has to be a copy."""
    return State(*jax.tree.map(np.array, (state.parameters, state.tables)), None, {})


def _load_pretrained(
    hyperparameters: Hyperparameters,
    shape: NetworkShape,
    auxiliary: Path,
    tables: dict[str, np.ndarray],
) -> dict[str, bool]:
    """Fills tables from their files. By table with a file: whether it does not learn."""
    loaded: dict[str, bool] = {}
    for side, encoder in enumerate(hyperparameters.encoders):
        name = shape.table_of(side)
        if encoder.pretrained_embedding_file and name not in loaded:
            load_pretrained(auxiliary, encoder, side, tables[name])
            loaded[name] = encoder.freeze_pretrained_embedding
    return loaded


def _all_of(pairs: Pairs, shape: NetworkShape) -> Batches:
    """The pairs in their order, in batches that memory can hold."""
    numbers = sum(
        int(side.lengths.max()) * max(encoder.token_dim, encoder.enc_dim)
        for side, encoder in zip(pairs.sides, shape.encoders, strict=True)
    )
    size = max(1, min(1024, _EVALUATED_AT_ONCE // numbers))
    return Plan(pairs, size, 0, 0).in_order()
