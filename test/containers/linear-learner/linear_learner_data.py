"""Small data and models that the tests of Linear Learner share."""

import numpy as np
from linear_learner_container.hyperparameters import parse_hyperparameters
from linear_learner_container.log_lines import LogLines
from linear_learner_container.training_job import train_model
from sagemaker_contract.tabular_channels import Rows


class KeptLines(LogLines):
    """Keeps what the log would show."""

    def __init__(self):
        super().__init__("algo-1")
        self.lines = []

    def info(self, text):
        self.lines.append(text)


def regression_rows(count=200, seed=0):
    """Two features of different size, labels far from 0."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(count, 2)) * [1, 50] + [3, 1000]
    labels = 4 * features[:, 0] - 0.2 * features[:, 1] + 500 + random.normal(size=count)
    return Rows(features, labels)


def binary_rows(count=300, seed=0, positives=0.5):
    random = np.random.default_rng(seed)
    labels = (random.random(count) < positives).astype(float)
    features = random.normal(size=(count, 2)) + labels[:, None] * [1.5, -0.5]
    return Rows(features, labels)


def multiclass_rows(count=300, seed=0, shares=(0.4, 0.3, 0.3)):
    random = np.random.default_rng(seed)
    labels = random.choice(len(shares), count, p=shares).astype(float)
    centres = np.array([[0, 2], [2, -1], [-2, -1]])
    return Rows(random.normal(size=(count, 2)) + centres[labels.astype(int)], labels)


ROWS = {
    "regressor": regression_rows,
    "binary_classifier": binary_rows,
    "multiclass_classifier": multiclass_rows,
}


def train(rows=None, validation=None, lines=None, **hyperparameters):
    """A model of one configuration; small batches and one model unless asked otherwise."""
    given = {
        "predictor_type": "regressor",
        "num_models": "1",
        "mini_batch_size": "20",
        "learning_rate": "0.05",
        **hyperparameters,
    }
    if given["predictor_type"] == "multiclass_classifier":
        given.setdefault("num_classes", "3")
    data = {"train": ROWS[given["predictor_type"]]() if rows is None else rows}
    if validation is not None:
        data["validation"] = validation
    return train_model(data, parse_hyperparameters(given), lines or KeptLines())
