"""When training ends, and which epoch's model is kept."""

import numpy as np
from linear_learner_container.fitting import Assessment, fit
from linear_learner_container.hyperparameters import parse_hyperparameters
from linear_learner_data import KeptLines, binary_rows, regression_rows, train


def test_stops_early_after_as_many_idle_epochs_as_it_has_patience_for():
    lines = KeptLines()
    train(
        rows=regression_rows(),
        lines=lines,
        epochs="100",
        early_stopping_tolerance="0.999999",
        early_stopping_patience="4",
    )

    epochs = [line for line in lines.lines if ", train mse_objective <loss>" in line]
    # The first epoch always brings something; four more bring too little.
    assert len(epochs) == 5


def rare_positives():
    """Training and validation rows of which predicting 0 throughout gets 97 in 100 right."""
    return binary_rows(600, 0, positives=0.03), binary_rows(300, 1, positives=0.03)


def train_on_rare_positives(**hyperparameters):
    rows, validation = rare_positives()
    lines = KeptLines()
    model = train(
        predictor_type="binary_classifier",
        rows=rows,
        validation=validation,
        lines=lines,
        **{"learning_rate": "0.01", "mini_batch_size": "200", **hyperparameters},
    )
    return model, [line for line in lines.lines if "#early_stopping_criteria_metric" in line]


def test_goes_on_while_the_loss_falls_though_the_criterion_stands_still():
    model, stopping = train_on_rare_positives()

    assert all("criteria=sampled_accuracy" in line for line in stopping)
    values = [float(line.rsplit("=", 1)[1]) for line in stopping]
    assert max(values[2:]) == values[1]
    assert len(stopping) == 15
    assert model.training["epoch"] == 14


def test_stops_when_neither_loss_nor_criterion_gains():
    _, stopping = train_on_rare_positives(learning_rate="0.0000001")

    assert len(stopping) == 4


def test_an_epoch_that_reaches_the_target_is_kept_whatever_the_loss():
    epochs = [  # criterion and loss: short of the target first, and last, with a lower loss
        (-0.4, 0.9),
        (0.5, 0.8),
        (-0.1, 0.2),
    ]

    best = fit(StillModels(), None, parsed(), assessments(epochs), keep_best_epoch=True)

    assert best.epoch == 1


def test_of_epochs_that_reach_the_target_the_one_of_the_lowest_loss_is_kept():
    epochs = [(0.92, 0.9), (0.91, 0.3), (0.91, 0.4)]

    best = fit(StillModels(), None, parsed(), assessments(epochs), keep_best_epoch=True)

    assert best.epoch == 1


class StillModels:
    """One model, which no epoch changes."""

    def train_epoch(self, _data):
        return np.zeros(1)

    def weights_of(self, _number):
        return np.zeros((1, 1)), np.zeros(1)


def parsed():
    return parse_hyperparameters({"predictor_type": "binary_classifier", "epochs": "3"})


def assessments(epochs):
    def assess(epoch, _losses, _models):
        criterion, loss = epochs[epoch]
        return Assessment(np.array([criterion]), np.array([-loss]), {"loss": float(epoch)})

    return assess
