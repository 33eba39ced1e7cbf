"""Which hyperparameters a job may give, with which values, and what they come to."""

import pytest
from object2vec_container.encoder_layers import EncoderShape
from object2vec_container.hyperparameter_table import table
from object2vec_container.hyperparameters import parse_hyperparameters
from object2vec_container.memory import check_memory
from object2vec_jobs import hyperparameters
from sagemaker_contract.errors import UserError

REQUIRED = {"enc0_max_seq_len": "9", "enc0_vocab_size": "50"}
ENC1 = {"enc1_network": "hcnn", "enc1_max_seq_len": "3", "enc1_vocab_size": "20"}

#: Lowest and highest value of each number.
BOUNDS = {
    "bucket_width": (0, 100),
    "dropout": (0, 1),
    "early_stopping_patience": (1, 5),
    "early_stopping_tolerance": (0.000001, 0.1),
    "enc_dim": (4, 10000),
    "epochs": (1, 100),
    "learning_rate": (0.000001, 1),
    "mini_batch_size": (1, 10000),
    "mlp_dim": (2, 10000),
    "mlp_layers": (0, 10),
    "num_classes": (2, 30),
    "weight_decay": (0, 10000),
    "enc0_max_seq_len": (1, 5000),
    "enc0_vocab_size": (2, 3000000),
    "enc0_token_embedding_dim": (2, 1000),
    "enc0_layers": (1, 4),
    "enc0_cnn_filter_width": (1, 9),
}
WORDS = {
    "enc0_network": ("hcnn", "bilstm", "pooled_embedding"),
    "enc1_network": ("enc0", "hcnn", "bilstm", "pooled_embedding"),
    "mlp_activation": ("tanh", "relu", "linear"),
    "optimizer": ("adam", "adagrad", "adadelta", "sgd", "rmsprop"),
    "output_layer": ("softmax", "mean_squared_error"),
    "token_embedding_storage_type": ("dense", "row_sparse"),
    "tied_token_embedding_weight": ("True", "False", "true", "false"),
    "enc0_freeze_pretrained_embedding": ("True", "False"),
    "comparator_list": ("hadamard", "abs_diff,concat", "concat, hadamard, abs_diff"),
}


def test_defaults_are_those_of_the_built_in():
    job = parse_hyperparameters(REQUIRED)

    assert (job.enc_dim, job.epochs, job.mini_batch_size, job.learning_rate) == (4096, 30, 32, 4e-4)
    assert (job.mlp_layers, job.mlp_dim, job.mlp_activation) == (2, 512, "linear")
    assert (job.early_stopping_patience, job.early_stopping_tolerance) == (3, 0.01)
    assert (job.dropout, job.weight_decay, job.bucket_width, job.negative_sampling_rate) == (0,) * 4
    assert (job.optimizer, job.output_layer, job.num_classes) == ("adam", "softmax", 2)
    assert job.comparator_list == ("hadamard", "concat", "abs_diff")
    assert (job.tied_token_embedding_weight, job.row_sparse) == (False, False)
    assert job.network().encoders == (EncoderShape("hcnn", 300, 4096, 4, 3),) * 2


def test_the_table_has_the_37_of_the_built_in_and_three_that_have_no_effect():
    names = [row.name for row in table()]

    assert len(names) == len(set(names))
    assert sum(not name.startswith("_") for name in names) == 37
    assert [name for name in names if name.startswith("_")] == [
        "_kvstore",
        "_num_gpus",
        "_num_kv_servers",
    ]


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_numbers_within_their_bounds_alone(name, bounds):
    low, high = bounds
    for value in bounds:
        parse_hyperparameters({**REQUIRED, name: str(value)})

    for value in (low - 1, high + 1, "x", "", "nan"):
        with pytest.raises(UserError, match=rf"{name}: got '{value}'; it must be"):
            parse_hyperparameters({**REQUIRED, name: str(value)})


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_words_that_are_known_alone(name, words):
    beside = ENC1 if name == "enc1_network" and words else {}
    for word in words:
        given = {k: v for k, v in beside.items() if word != "enc0"}
        parse_hyperparameters({**REQUIRED, **given, name: word})

    for word in ("other", f"{words[0]},{words[0]}", ""):
        with pytest.raises(UserError, match=f"{name}: got '{word}'; it must be"):
            parse_hyperparameters({**REQUIRED, name: word})


def test_all_mistakes_are_told_at_once():
    with pytest.raises(UserError) as error:
        parse_hyperparameters({"enc_dim": "3", "learning_rates": "1"})

    for part in (
        "enc0_max_seq_len is missing",
        "enc0_vocab_size is missing",
        "enc_dim: got '3'",
        "learning_rates: there is no such hyperparameter",
    ):
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("network", "layers", "expected"),
    [
        ("hcnn", "auto", 4),
        ("hcnn", "2", 2),
        ("bilstm", "auto", 1),
        ("bilstm", "3", 3),
        ("pooled_embedding", "auto", 0),
        ("pooled_embedding", "3", 0),
    ],
)
def test_layers_of_an_encoder(network, layers, expected):
    job = parse_hyperparameters({**REQUIRED, "enc0_network": network, "enc0_layers": layers})

    assert job.network().encoders[0].layers == expected


def test_enc1_takes_everything_from_enc0_where_it_is_told_nothing_else():
    job = parse_hyperparameters(hyperparameters(enc1_network="enc0", enc1_vocab_size=12))

    assert job.encoders[0] == job.encoders[1]


def test_enc1_of_its_own_has_its_own_values_and_defaults():
    job = parse_hyperparameters(hyperparameters(**ENC1))

    assert job.network().encoders[1] == EncoderShape("hcnn", 300, 8, 4, 3)
    assert job.network().vocab_sizes == (12, 20)
    assert job.network().max_seq_lens == (6, 3)


def test_tied_encoders_need_not_say_the_same_twice():
    given = {"enc1_network": "bilstm", "enc1_max_seq_len": 4, "tied_token_embedding_weight": "true"}

    network = parse_hyperparameters(hyperparameters(**given)).network()

    assert network.tables() == {"tokens0": (12, 8)}
    assert network.encoders[1].token_dim == 8


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"enc1_network": "hcnn"}, "enc1_max_seq_len is missing.*enc1_vocab_size is missing"),
        ({"enc1_vocab_size": 7}, "enc1_vocab_size: got '7' where enc0_vocab_size is '12'"),
        (
            {**ENC1, "tied_token_embedding_weight": "True"},
            "enc1_vocab_size: got '20' where enc0_vocab_size is '12'; with tied",
        ),
        (
            {"token_embedding_storage_type": "row_sparse", "optimizer": "rmsprop"},
            "optimizer: got 'rmsprop'; with token_embedding_storage_type row_sparse it must be one "
            "of adam, adagrad, sgd",
        ),
        (
            {"negative_sampling_rate": 2, "output_layer": "mean_squared_error"},
            "negative_sampling_rate: got 2",
        ),
        ({"enc0_vocab_file": "v.json"}, "enc0_vocab_file is given without enc0_pretrained"),
        (
            {"enc0_pretrained_embedding_file": "v.txt"},
            "enc0_pretrained_embedding_file is given without enc0_vocab_file",
        ),
        ({"enc0_vocab_file": "../v"}, "enc0_vocab_file: got '../v'; it must be a file's name"),
    ],
)
def test_what_does_not_go_together_is_refused(given, message):
    with pytest.raises(UserError, match=message):
        parse_hyperparameters(hyperparameters(**given))


def test_a_network_that_memory_cannot_hold_is_refused_before_it_is_built():
    # Two tables of 12 x 8, two encoders of 8 x 8 + 8, a head of 32 x 16 + 16 and 16 x 2 + 2.
    numbers = 2 * 96 + 2 * 72 + 528 + 34
    network = parse_hyperparameters(hyperparameters()).network()
    check_memory(network, numbers * 16)

    with pytest.raises(UserError, match=f"The network has {numbers} numbers"):
        check_memory(network, numbers * 16 - 1)
