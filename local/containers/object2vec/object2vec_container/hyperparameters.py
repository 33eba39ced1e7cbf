"""How a job's hyperparameters are read and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sagemaker_contract.errors import UserError
from sagemaker_contract.hyperparameter_table import Kind, read_hyperparameters

from .encoder_layers import AUTO_LAYERS, EncoderShape
from .hyperparameter_table import AS_ENC0, ENCODER, JOB, table
from .network_shape import REGRESSION, NetworkShape
from .optimizers import SPARSE_NAMES


@dataclass(frozen=True)
class Encoder:
    """One encoder's hyperparameters, as the table names them."""

    network: str
    max_seq_len: int
    vocab_size: int
    token_embedding_dim: int
    layers: int | str
    cnn_filter_width: int
    pretrained_embedding_file: str
    vocab_file: str
    freeze_pretrained_embedding: bool

    def shape(self, enc_dim: int) -> EncoderShape:
        auto = AUTO_LAYERS[self.network]
        layers = auto if self.layers == "auto" or auto == 0 else int(self.layers)
        width = self.cnn_filter_width
        return EncoderShape(self.network, self.token_embedding_dim, enc_dim, layers, width)


@dataclass(frozen=True)
class Hyperparameters:
    encoders: tuple[Encoder, Encoder]
    bucket_width: int
    comparator_list: tuple[str, ...]
    dropout: float
    early_stopping_patience: int
    early_stopping_tolerance: float
    enc_dim: int
    epochs: int
    learning_rate: float
    mini_batch_size: int
    mlp_activation: str
    mlp_dim: int
    mlp_layers: int
    negative_sampling_rate: int
    num_classes: int
    optimizer: str
    output_layer: str
    tied_token_embedding_weight: bool
    token_embedding_storage_type: str
    weight_decay: float

    @property
    def row_sparse(self) -> bool:
        return self.token_embedding_storage_type == "row_sparse"

    def network(self) -> NetworkShape:
        first, second = self.encoders
        return NetworkShape(
            encoders=(first.shape(self.enc_dim), second.shape(self.enc_dim)),
            vocab_sizes=(first.vocab_size, second.vocab_size),
            max_seq_lens=(first.max_seq_len, second.max_seq_len),
            tied=self.tied_token_embedding_weight,
            comparators=self.comparator_list,
            mlp_layers=self.mlp_layers,
            mlp_dim=self.mlp_dim,
            mlp_activation=self.mlp_activation,
            output_layer=self.output_layer,
            num_classes=self.num_classes,
        )


def parse_hyperparameters(raw: dict[str, Any]) -> Hyperparameters:
    """Typed values of hyperparameters.json, defaults filled in.

    Raises UserError that tells every mistake at once.
    """
    values = read_hyperparameters(table(), raw)
    problems: list[str] = []
    encoders = _encoders(values, problems)
    hyperparameters = Hyperparameters(encoders=encoders, **{name: values[name] for name in JOB})
    problems += _contradictions(hyperparameters)
    if problems:
        raise UserError("Hyperparameters cannot be used. " + ". ".join(problems) + ".")
    return hyperparameters


def _encoders(values: dict[str, Any], problems: list[str]) -> tuple[Encoder, Encoder]:
    first = {name: values[f"enc0_{name}"] for name in ENCODER}
    given = {name: value for name in ENCODER if (value := values[f"enc1_{name}"]) is not None}
    if given.pop("network", AS_ENC0) == AS_ENC0:
        problems += [
            f"enc1_{name}: got '{value}' where enc0_{name} is '{first[name]}'; enc1_network is "
            f"'{AS_ENC0}', which takes everything from enc0: leave enc1_{name} out, or set "
            f"enc1_network to '{first['network']}' and all of enc1's hyperparameters"
            for name, value in given.items()
            if value != first[name]
        ]
        return Encoder(**first), Encoder(**first)

    second = {name: _default(kind, text) for name, (kind, text) in ENCODER.items()}
    if values["tied_token_embedding_weight"]:
        second |= {name: first[name] for name in _OF_THE_TABLE}
    second |= {**given, "network": values["enc1_network"]}
    missing = [name for name in ("max_seq_len", "vocab_size") if second[name] is None]
    problems += [
        f"enc1_{name} is missing: it must be given where enc1_network is '{second['network']}'"
        for name in missing
    ]
    return Encoder(**first), Encoder(**{**second, **{name: first[name] for name in missing}})


def _default(kind: Kind, text: str | None) -> Any:
    return None if text is None else kind.read(text)


#: What describes an encoder's token table; tied encoders have one in common.
_OF_THE_TABLE = (
    "vocab_size",
    "token_embedding_dim",
    "pretrained_embedding_file",
    "vocab_file",
    "freeze_pretrained_embedding",
)


def _contradictions(hyperparameters: Hyperparameters) -> list[str]:
    problems = []
    first, second = hyperparameters.encoders
    if hyperparameters.tied_token_embedding_weight:
        problems += [
            f"enc1_{name}: got '{getattr(second, name)}' where enc0_{name} is "
            f"'{getattr(first, name)}'; with tied_token_embedding_weight both encoders share one "
            "table, so the two must be equal"
            for name in _OF_THE_TABLE
            if getattr(first, name) != getattr(second, name)
        ]
    if hyperparameters.row_sparse and hyperparameters.optimizer not in SPARSE_NAMES:
        problems.append(
            f"optimizer: got '{hyperparameters.optimizer}'; with token_embedding_storage_type "
            f"row_sparse it must be one of {', '.join(SPARSE_NAMES)}"
        )
    if hyperparameters.negative_sampling_rate and hyperparameters.output_layer == REGRESSION:
        problems.append(
            f"negative_sampling_rate: got {hyperparameters.negative_sampling_rate}; a sampled pair "
            "gets class 0, and output_layer mean_squared_error has no classes: set it to 0, or "
            "output_layer to softmax"
        )
    for number, encoder in enumerate(hyperparameters.encoders):
        files = (encoder.pretrained_embedding_file, encoder.vocab_file)
        if bool(files[0]) != bool(files[1]):
            names = ("pretrained_embedding_file", "vocab_file")
            present, absent = names if files[0] else names[::-1]
            problems.append(
                f"enc{number}_{present} is given without enc{number}_{absent}: the vocabulary says "
                "which token id a pretrained vector belongs to, so the two go together"
            )
    return problems
