"""What the network learns, and what the hyperparameters change in it."""

from pathlib import Path

import numpy as np
import pytest
from object2vec_container.forward import scores
from object2vec_container.hyperparameters import parse_hyperparameters
from object2vec_container.learning import _SEED, learn
from object2vec_container.network import initial_parameters, initial_tables
from object2vec_jobs import hyperparameters, learned, pairs_of, same_half

ROWS, UNSEEN = same_half(300), same_half(100, seed=1)
VALIDATION = "validation accuracy <score>"


def accuracy(model, rows):
    given = ([row["in0"] for row in rows], [row["in1"] for row in rows])
    return np.mean(scores(model, given).argmax(1) == [row["label"] for row in rows])


def first_parameters(model):
    """Parameters and tables that training began with."""
    random = np.random.default_rng(_SEED)
    return initial_parameters(model.shape, random), initial_tables(model.shape, random)


@pytest.mark.parametrize("network", ["pooled_embedding", "hcnn", "bilstm"])
def test_each_encoder_learns(network, caplog):
    model, metrics = learned(caplog, ROWS, validation=UNSEEN, enc0_network=network)

    assert metrics[VALIDATION][-1] > 0.95
    assert accuracy(model, UNSEEN) == pytest.approx(metrics[VALIDATION][-1])


def test_encoders_of_two_kinds_learn_together(caplog):
    model, _ = learned(
        caplog,
        ROWS,
        enc1_network="bilstm",
        enc1_vocab_size=12,
        enc1_max_seq_len=6,
        enc1_token_embedding_dim=5,
        enc1_layers=2,
    )

    assert accuracy(model, UNSEEN) > 0.95
    assert model.tables["tokens1"].shape == (12, 5)


RATES = {"adam": 0.02, "adagrad": 0.1, "adadelta": 1, "sgd": 0.3, "rmsprop": 0.01}


@pytest.mark.parametrize("optimizer", RATES)
def test_each_optimizer_learns(optimizer, caplog):
    model, _ = learned(caplog, ROWS, optimizer=optimizer, learning_rate=RATES[optimizer], epochs=20)

    assert accuracy(model, UNSEEN) > 0.95


@pytest.mark.parametrize(
    ("optimizer", "tied"), [("adam", True), ("adam", False), ("adagrad", False), ("sgd", True)]
)
def test_sparse_updates_learn_and_leave_unused_tokens_alone(optimizer, tied, caplog):
    model, _ = learned(
        caplog,
        ROWS,
        optimizer=optimizer,
        learning_rate=RATES[optimizer],
        token_embedding_storage_type="row_sparse",
        tied_token_embedding_weight=tied,
        weight_decay=0.0001,
        enc0_vocab_size=14,
        epochs=20,
    )

    assert accuracy(model, UNSEEN) > 0.95
    start = first_parameters(model)[1]
    assert set(model.tables) == ({"tokens0"} if tied else {"tokens0", "tokens1"})
    for name, table in model.tables.items():
        np.testing.assert_array_equal(table[12:], start[name][12:])
        assert (table[:12] != start[name][:12]).all(1).all()


@pytest.mark.parametrize("optimizer", ["adagrad", "sgd"])
def test_sparse_and_dense_updates_give_the_same_model(optimizer, caplog):
    # Adam's memory of other batches moves rows that a batch does not mention: there they differ.
    dense, sparse = (
        learned(caplog, ROWS, optimizer=optimizer, token_embedding_storage_type=kind, epochs=2)[0]
        for kind in ("dense", "row_sparse")
    )

    for name, table in dense.tables.items():
        np.testing.assert_allclose(table, sparse.tables[name], atol=1e-5)


def test_regression_learns_numbers(caplog):
    def rated(rows):
        return [{**row, "label": len(row["in0"]) / 2 + 3 * row["label"]} for row in rows]

    _, metrics = learned(
        caplog,
        rated(ROWS),
        validation=rated(UNSEEN),
        output_layer="mean_squared_error",
        enc0_network="hcnn",
        enc0_layers=2,
        epochs=40,
    )

    assert set(metrics) == {
        "train mean_squared_error <loss>",
        "validation mean_squared_error <loss>",
    }
    labels = pairs_of(rated(UNSEEN)).labels
    assert metrics["validation mean_squared_error <loss>"][-1] < 0.2 * labels.var()


def test_the_same_job_gives_the_same_model(caplog):
    given = {"dropout": 0.3, "negative_sampling_rate": 1, "epochs": 2}

    first, second = (learned(caplog, ROWS, **given)[0] for _ in range(2))

    for name, array in first.parameters["head"].items():
        np.testing.assert_array_equal(array, second.parameters["head"][name])


def test_learns_from_related_pairs_alone_where_others_are_sampled(caplog):
    related = [row for row in same_half(600) if row["label"] == 1]

    without, _ = learned(caplog, related)
    sampled, _ = learned(caplog, related, negative_sampling_rate=1, epochs=30)

    assert accuracy(without, UNSEEN) == np.mean([row["label"] for row in UNSEEN])
    assert accuracy(sampled, UNSEEN) > 0.9


@pytest.fixture(scope="module")
def plain():
    """What the output layer is after one epoch of SMALL as it is."""
    given = parse_hyperparameters(hyperparameters(epochs=1))
    model = learn(given, {"train": pairs_of(ROWS)}, Path("nowhere"), "h")
    return model.parameters["head"]["output_weight"]


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"dropout": 0.5}, True),
        ({"weight_decay": 0.1}, True),
        ({"mlp_activation": "tanh"}, True),
        ({"mini_batch_size": 16}, True),
        ({"tied_token_embedding_weight": "True"}, True),
        ({"_kvstore": "device", "_num_gpus": "auto"}, False),
        ({"enc0_cnn_filter_width": 5, "enc0_layers": 3}, False),
    ],
)
def test_what_a_hyperparameter_changes(changed, differs, plain, caplog):
    model, _ = learned(caplog, ROWS, epochs=1, **changed)

    assert np.array_equal(model.parameters["head"]["output_weight"], plain) != differs


def test_weight_decay_shrinks_weights_and_spares_biases(caplog):
    decay = {"weight_decay": 5, "optimizer": "sgd", "learning_rate": 0.1}

    model, _ = learned(caplog, ROWS[:250], **decay, epochs=8)

    head = model.parameters["head"]
    assert np.abs(head["output_weight"]).max() < 1e-3
    assert np.abs(head["output_bias"]).max() > 1e-2


def test_total_dropout_leaves_nothing_to_learn_from(caplog):
    model, _ = learned(caplog, ROWS, dropout=1, epochs=1)

    start, _ = first_parameters(model)
    np.testing.assert_array_equal(
        model.parameters["encoder0"]["weight"], start["encoder0"]["weight"]
    )
    assert model.parameters["head"]["output_bias"].any()


def test_buckets_of_length_do_not_change_what_is_learned(caplog):
    model, metrics = learned(caplog, ROWS, validation=UNSEEN, bucket_width=2)

    assert metrics[VALIDATION][-1] > 0.95


def test_stops_early_and_keeps_the_best_epoch(caplog):
    # Nothing to learn: the labels of the two halves contradict each other.
    noise = [{**row, "label": number % 2} for number, row in enumerate(ROWS)]

    model, metrics = learned(
        caplog,
        noise[:200],
        validation=noise[200:],
        epochs=40,
        early_stopping_patience=2,
        early_stopping_tolerance=0.1,
    )

    losses = metrics["validation cross_entropy <loss>"]
    assert len(metrics["train cross_entropy <loss>"]) == 3
    assert losses[-1] == min(losses)
    pairs = ([row["in0"] for row in noise[200:]], [row["in1"] for row in noise[200:]])
    likely = scores(model, pairs)[np.arange(100), [row["label"] for row in noise[200:]]]
    assert -np.log(likely).mean() == pytest.approx(losses[-1], rel=1e-4)
