"""The hyperparameters of SageMaker's Object2Vec: kinds, ranges, defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sagemaker_contract.hyperparameter_table import (
    Boolean,
    Choice,
    Hyperparameter,
    Integer,
    Kind,
    Real,
)

from .encoder_layers import ARCHITECTURES, HCNN
from .network_shape import COMPARATORS, REGRESSION, SOFTMAX
from .optimizers import NAMES as OPTIMIZERS

#: enc1_network's further value: enc1 is built as enc0 is.
AS_ENC0 = "enc0"


@dataclass(frozen=True)
class FileName:
    """A file of the auxiliary channel; empty where there is none."""

    def read(self, text: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9._]*", text) or text in (".", ".."):
            raise ValueError(text)
        return text

    def rule(self) -> str:
        return "a file's name of letters, digits, underscores and periods"


@dataclass(frozen=True)
class CommaList:
    """Some words in an order that matters, each at most once."""

    words: tuple[str, ...]

    def read(self, text: str) -> tuple[str, ...]:
        items = tuple(item.strip() for item in text.split(","))
        if any(item not in self.words for item in items) or len(set(items)) < len(items):
            raise ValueError(text)
        return items

    def rule(self) -> str:
        return f"some of {', '.join(self.words)}, each once, parted by commas"


@dataclass(frozen=True)
class Anything:
    def read(self, text: str) -> str:
        return text

    def rule(self) -> str:
        return "anything"


#: Those of the whole job.
_JOB: dict[str, tuple[Kind, str]] = {
    "bucket_width": (Integer(0, 100), "0"),
    "comparator_list": (CommaList(tuple(COMPARATORS)), "hadamard, concat, abs_diff"),
    "dropout": (Real(0, 1), "0.0"),
    "early_stopping_patience": (Integer(1, 5), "3"),
    "early_stopping_tolerance": (Real(1e-6, 0.1), "0.01"),
    "enc_dim": (Integer(4, 10_000), "4096"),
    "epochs": (Integer(1, 100), "30"),
    "learning_rate": (Real(1e-6, 1), "0.0004"),
    "mini_batch_size": (Integer(1, 10_000), "32"),
    "mlp_activation": (Choice(("tanh", "relu", "linear")), "linear"),
    "mlp_dim": (Integer(2, 10_000), "512"),
    "mlp_layers": (Integer(0, 10), "2"),
    "negative_sampling_rate": (Integer(0), "0"),
    "num_classes": (Integer(2, 30), "2"),
    "optimizer": (Choice(OPTIMIZERS), "adam"),
    "output_layer": (Choice((SOFTMAX, REGRESSION)), SOFTMAX),
    "tied_token_embedding_weight": (Boolean(), "False"),
    "token_embedding_storage_type": (Choice(("dense", "row_sparse")), "dense"),
    "weight_decay": (Real(0, 10_000), "0"),
}
JOB = tuple(_JOB)

#: Those of each encoder, without the prefix enc0_ or enc1_. None: without a default.
ENCODER: dict[str, tuple[Kind, str | None]] = {
    "network": (Choice(ARCHITECTURES), HCNN),
    "max_seq_len": (Integer(1, 5000), None),
    "vocab_size": (Integer(2, 3_000_000), None),
    "token_embedding_dim": (Integer(2, 1000), "300"),
    "layers": (Integer(1, 4, ("auto",)), "auto"),
    "cnn_filter_width": (Integer(1, 9), "3"),
    "pretrained_embedding_file": (FileName(), ""),
    "vocab_file": (FileName(), ""),
    "freeze_pretrained_embedding": (Boolean(), "True"),
}

#: How AWS spreads the work over GPUs and parameter servers: no matter on one CPU.
_WITHOUT_EFFECT = ("_kvstore", "_num_gpus", "_num_kv_servers")


def table() -> list[Hyperparameter]:
    """All of them; enc1's have no default, since what it is depends on enc1_network."""
    rows = [Hyperparameter(name, kind, default) for name, (kind, default) in _JOB.items()]
    for name, (kind, default) in ENCODER.items():
        rows.append(Hyperparameter(f"enc0_{name}", kind, default, required=default is None))
        enc1 = Choice((AS_ENC0, *ARCHITECTURES)) if name == "network" else kind
        rows.append(Hyperparameter(f"enc1_{name}", enc1))
    return [*rows, *(Hyperparameter(name, Anything()) for name in _WITHOUT_EFFECT)]
