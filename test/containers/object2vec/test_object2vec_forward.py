"""The network in NumPy, which serves, against the one in JAX, which learns."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from object2vec_container import forward
from object2vec_container.encoder_layers import EncoderShape
from object2vec_container.model_files import Model, load_model, save_model
from object2vec_container.network import Side, initial_parameters, initial_tables, predict
from object2vec_container.network_shape import NetworkShape

LISTS = ([[1, 2, 3, 4, 5], [6], [0, 7]], [[3], [2, 2, 9, 1], [5, 4]])


def network(kind, output_layer="softmax", tied=False, **changed):
    encoders = (EncoderShape(kind, 5, 9, 2, 3), EncoderShape("hcnn", 5, 9, 3, 2))
    return NetworkShape(
        **{
            "encoders": encoders,
            "vocab_sizes": (10, 10),
            "max_seq_lens": (6, 6),
            "tied": tied,
            "comparators": ("hadamard", "concat", "abs_diff"),
            "mlp_layers": 2,
            "mlp_dim": 7,
            "mlp_activation": "tanh",
            "output_layer": output_layer,
            "num_classes": 3,
            **changed,
        }
    )


def model_of(shape):
    random = np.random.default_rng(0)
    parameters = jax.tree.map(np.asarray, initial_parameters(shape, random))
    return Model(shape, parameters, initial_tables(shape, random))


def with_padding(model, length):
    sides = []
    for side, lists in enumerate(LISTS):
        tokens = np.zeros((len(lists), length), np.int32)
        mask = np.zeros((len(lists), length), np.float32)
        for row, sequence in enumerate(lists):
            tokens[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        table = jnp.asarray(model.tables[model.shape.table_of(side)])
        sides.append(Side(table[tokens], jnp.asarray(mask)))
    outputs = predict(model.shape, model.parameters, tuple(sides))
    return jax.nn.softmax(outputs) if model.shape.output_layer == "softmax" else outputs


@pytest.mark.parametrize("kind", ["pooled_embedding", "bilstm", "hcnn"])
@pytest.mark.parametrize("output_layer", ["softmax", "mean_squared_error"])
def test_both_give_the_same_numbers_whatever_the_padding(kind, output_layer):
    model = model_of(network(kind, output_layer, tied=output_layer == "softmax"))

    served = forward.scores(model, LISTS)

    for length in (5, 8):
        np.testing.assert_allclose(served, with_padding(model, length), rtol=2e-4, atol=2e-6)


@pytest.mark.parametrize("activation", ["relu", "linear"])
@pytest.mark.parametrize("layers", [0, 1])
def test_both_have_the_same_head(activation, layers):
    changed = {"mlp_activation": activation, "mlp_layers": layers}
    model = model_of(network("hcnn", comparators=("abs_diff", "hadamard"), **changed))

    served = forward.scores(model, LISTS)

    np.testing.assert_allclose(served, with_padding(model, 5), rtol=2e-4, atol=2e-6)


def test_a_long_request_in_parts_is_the_same_as_at_once(monkeypatch):
    model = model_of(network("bilstm"))
    at_once = forward.embeddings(model, 0, LISTS[0] * 3)

    monkeypatch.setattr(forward, "_NUMBERS_AT_ONCE", 1)

    np.testing.assert_allclose(forward.embeddings(model, 0, LISTS[0] * 3), at_once, rtol=1e-5)


def test_the_order_of_comparators_is_the_order_of_the_head_s_rows():
    model = model_of(network("hcnn", comparators=("hadamard", "abs_diff"), mlp_layers=0))
    turned = model_of(network("hcnn", comparators=("abs_diff", "hadamard"), mlp_layers=0))
    rows = model.parameters["head"]["output_weight"]
    turned.parameters["head"]["output_weight"] = np.concatenate([rows[9:], rows[:9]])

    answers = (forward.scores(each, LISTS) for each in (model, turned))

    np.testing.assert_allclose(*answers, rtol=1e-5)


def test_a_saved_model_is_the_same_when_it_is_loaded(tmp_path):
    model = model_of(network("bilstm", tied=True))

    save_model(model, tmp_path / "model")

    loaded = load_model(tmp_path / "model")
    assert loaded.shape == model.shape
    np.testing.assert_array_equal(forward.scores(loaded, LISTS), forward.scores(model, LISTS))


@pytest.mark.parametrize("damage", ["model.json", "weights.npz", "foreign", "shape"])
def test_what_is_no_model_of_this_container_is_refused(damage, tmp_path):
    folder = tmp_path / "model"
    save_model(model_of(network("hcnn")), folder)
    if damage == "foreign":
        (folder / "model.json").write_text('{"format": "other"}')
    elif damage == "shape":
        text = (folder / "model.json").read_text().replace('"mlp_dim": 7', '"mlp_dim": 8')
        (folder / "model.json").write_text(text)
    else:
        (folder / damage).write_bytes(b"not a model")

    with pytest.raises(RuntimeError, match="cannot be loaded.*train one locally"):
        load_model(folder)
