"""Small tasks for the network to learn, and training without a process of its own."""

import json
import logging
from pathlib import Path

import numpy as np
from object2vec_container.hyperparameters import parse_hyperparameters
from object2vec_container.learning import learn
from object2vec_container.pairs import Pairs
from object2vec_container.sequences import Sequences

CHANNEL = {
    "ContentType": "application/jsonlines",
    "TrainingInputMode": "File",
    "S3DistributionType": "FullyReplicated",
    "RecordWrapperType": "None",
}

#: Quick to compile and to train.
SMALL = {
    "enc0_max_seq_len": "6",
    "enc0_vocab_size": "12",
    "enc0_token_embedding_dim": "8",
    "enc0_network": "pooled_embedding",
    "enc0_layers": "1",
    "enc_dim": "8",
    "mlp_layers": "1",
    "mlp_dim": "16",
    "mlp_activation": "relu",
    "epochs": "15",
    "learning_rate": "0.02",
    "early_stopping_patience": "5",
    "early_stopping_tolerance": "0.000001",
}


def hyperparameters(**changed):
    """SMALL with changes; a hyperparameter of None is left out."""
    given = {**SMALL, **{name: str(v) for name, v in changed.items() if v is not None}}
    return {name: v for name, v in given.items() if changed.get(name, v) is not None}


def same_half(count, seed=0):
    """Pairs of sequences of tokens below 6, or from 6 on; label 1 where both are of one half."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        halves = random.integers(0, 2, 2)
        in0, in1 = (
            [int(t) for t in random.integers(6 * half, 6 * half + 6, random.integers(1, 6))]
            for half in halves
        )
        rows.append({"label": int(halves[0] == halves[1]), "in0": in0, "in1": in1})
    return rows


def json_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def pairs_of(rows):
    labels = np.array([row["label"] for row in rows])
    labels = labels.astype(np.int32 if labels.dtype.kind == "i" else np.float32)
    sides = [Sequences.of([row[side] for row in rows]).cut(5000) for side in ("in0", "in1")]
    return Pairs((sides[0], sides[1]), labels)


def learned(caplog, rows, auxiliary=Path("nowhere"), validation=None, **changed):
    """The model and the metrics that the job logs, by name, one value a report."""
    channels = {"train": pairs_of(rows)}
    if validation is not None:
        channels["validation"] = pairs_of(validation)
    caplog.clear()
    with caplog.at_level(logging.INFO):
        model = learn(parse_hyperparameters(hyperparameters(**changed)), channels, auxiliary, "h")
    metrics = {}
    for record in caplog.messages:
        if record.startswith("#quality_metric: host=h, "):
            name, _, value = record.removeprefix("#quality_metric: host=h, ").partition("=")
            if name == "epoch":
                name, _, value = value.partition(", ")[2].partition("=")
            metrics.setdefault(name, []).append(float(value))
    return model, metrics
