"""Metrics that the container computes itself. Expected values are worked out by hand."""

import numpy as np
import pytest
from xgboost_container import classification_metrics, regression_metrics

# Predicted classes: 0 1 2 1 2 0; of 0 one of two is right, of 1 one of two, of 2 one of two.
LABELS = np.array([0, 1, 2, 0, 1, 2], dtype=np.float32)
SCORES = np.eye(3, dtype=np.float32)[[0, 1, 2, 1, 2, 0]]


@pytest.mark.parametrize(
    ("name", "labels", "predictions", "value"),
    [
        ("accuracy", LABELS, SCORES, 0.5),
        ("balanced_accuracy", [0, 0, 0, 1], [-1, -1, 1, 1], (2 / 3 + 1) / 2),
        ("f1", LABELS, SCORES, 0.5),
        ("f1_macro", [0, 0, 1, 1], [1, 1, 1, 1], (0 + 2 / 3) / 2),
        ("f1_binary", [0, 0, 1, 1], [1, 1, 1, 1], 2 / 3),
        ("precision", [0, 0, 1, 1], [-1, 1, 1, 1], 2 / 3),
        ("recall", [0, 1, 1, 1], [-1, 1, -1, -1], 1 / 3),
        ("precision_macro", [0, 0, 1, 1], [-1, 1, 1, 1], (1 + 2 / 3) / 2),
        ("recall_macro", [0, 0, 1, 1], [-1, 1, 1, 1], (1 / 2 + 1) / 2),
        ("precision_micro", LABELS, SCORES, 0.5),
        ("recall_micro", LABELS, SCORES, 0.5),
        ("precision", [0, 0], [-1, -1], 0.0),
        ("accuracy", [0, 1], [0.1, 0.9], 0.5),
    ],
)
def test_classification(name, labels, predictions, value):
    metric = classification_metrics.BY_NAME[name]

    assert metric(np.array(labels), np.array(predictions)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "value"), [("mse", 2.5), ("rmse", 2.5**0.5), ("mae", 1.5), ("r2", 1 - 5 / 8)]
)
def test_regression(name, value):
    labels, predictions = np.array([1.0, 5.0]), np.array([2.0, 3.0])

    assert regression_metrics.BY_NAME[name](labels, predictions) == pytest.approx(value)


def test_refuses_a_binary_average_of_several_classes():
    with pytest.raises(ValueError, match="Target is multiclass but average='binary'"):
        classification_metrics.BY_NAME["f1_binary"](LABELS, SCORES)


def test_refuses_classes_that_are_no_whole_numbers():
    with pytest.raises(ValueError, match="mix of continuous and binary targets"):
        classification_metrics.BY_NAME["accuracy"](np.array([0.5, 1]), np.array([0.1, 0.2]))
