"""Losses, optimizers, thresholds and metrics against other libraries and brute force."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from linear_learner_container.hyperparameters import LOSSES, parse_hyperparameters
from linear_learner_container.linear_model import LinearModel
from linear_learner_container.losses import loss_function
from linear_learner_container.metrics import metrics_of, roc_auc
from linear_learner_container.model_grid import model_settings
from linear_learner_container.optimizers import Optimizer
from linear_learner_container.thresholds import best_threshold
from linear_learner_data import binary_rows, multiclass_rows, regression_rows, train
from sklearn import linear_model, metrics


def jax_loss(name, scores, label, given):
    """Textbook definitions, of one row."""
    if name == "softmax_loss":
        return -jax.nn.log_softmax(scores)[label.astype(int)]
    score = scores[0]
    error = score - label
    beyond = jnp.maximum(0, jnp.abs(error) - given["loss_insensitivity"])
    delta = given["huber_delta"]
    return {
        "logistic": lambda: jnp.logaddexp(0, score) - label * score,
        "hinge_loss": lambda: jnp.maximum(0, given["margin"] - (2 * label - 1) * score),
        "squared_loss": lambda: error**2,
        "absolute_loss": lambda: jnp.abs(error),
        "eps_insensitive_squared_loss": lambda: beyond**2,
        "eps_insensitive_absolute_loss": lambda: beyond,
        "quantile_loss": lambda: jnp.maximum(
            given["quantile"] * -error, (1 - given["quantile"]) * error
        ),
        "huber_loss": lambda: jnp.where(
            jnp.abs(error) <= delta, error**2 / 2, delta * (jnp.abs(error) - delta / 2)
        ),
    }[name]()


@pytest.mark.parametrize(
    ("predictor", "loss"), [(key, loss) for key, losses in LOSSES.items() for loss in losses]
)
def test_losses_and_gradients_are_the_textbook_ones(predictor, loss):
    given = parse_hyperparameters(
        {"predictor_type": predictor, "loss": loss, "num_classes": "3", "quantile": "0.3"}
        | {"loss_insensitivity": "0.4", "huber_delta": "0.7", "margin": "1.5"}
    )
    outputs = 3 if predictor == "multiclass_classifier" else 1
    random = np.random.default_rng(0)
    scores = random.normal(size=(50, 4, outputs)).astype(np.float32)
    labels = random.normal(size=50) if predictor == "regressor" else random.integers(0, 2, 50)
    labels = labels.astype(np.float32)

    losses, gradients = loss_function(given)(scores, labels)

    for row in range(50):
        for model in range(4):
            value, slope = jax.value_and_grad(lambda s, y: jax_loss(loss, s, y, given))(
                jnp.array(scores[row, model]), jnp.array(labels[row])
            )
            assert losses[row, model] == pytest.approx(float(value), abs=1e-5)
            assert gradients[row, model] == pytest.approx(np.asarray(slope), abs=1e-5)


@pytest.mark.parametrize(
    ("given", "library"),
    [
        ({"optimizer": "adam"}, optax.adam(0.1)),
        ({"optimizer": "adam", "beta_1": "0.5", "beta_2": "0.9"}, optax.adam(0.1, 0.5, 0.9)),
        ({"optimizer": "sgd", "momentum": "0"}, optax.sgd(0.1)),
        ({"optimizer": "sgd", "momentum": "0.8"}, optax.sgd(0.1, 0.8)),
        ({"optimizer": "rmsprop"}, optax.rmsprop(0.1, 0.9)),
    ],
)
def test_optimizers_step_as_the_library_does(given, library):
    ours = np.ones((3, 2), np.float32)
    theirs = jnp.ones((3, 2))
    optimizer = Optimizer(parse_hyperparameters({"predictor_type": "regressor", **given}), (3, 2))
    state = library.init(theirs)
    random = np.random.default_rng(0)
    for _ in range(20):
        gradients = random.normal(size=(3, 2)).astype(np.float32)
        updates, state = library.update(jnp.array(gradients), state, theirs)
        theirs = optax.apply_updates(theirs, updates)
        optimizer.step(ours, gradients, np.full(2, 0.1, np.float32), np.zeros((3, 2), np.float32))

    # Where the library puts its epsilon moves the last digits.
    np.testing.assert_allclose(ours, np.asarray(theirs), atol=2e-4)


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
def test_l1_and_wd_reach_the_optimum_of_elastic_net(optimizer):
    random = np.random.default_rng(0)
    features = random.normal(size=(400, 6))
    labels = features @ [3, -2, 0.05, 0, 0, 1] + random.normal(size=400)
    model = train(
        type(regression_rows())(features, labels),
        optimizer=optimizer,
        normalize_data="false",
        unbias_data="false",
        normalize_label="false",
        unbias_label="false",
        l1="0.4",
        wd="0.2",
        epochs="3000",
        mini_batch_size="400",
        learning_rate="0.01",
        lr_scheduler_step="60",
        lr_scheduler_factor="0.95",
        early_stopping_patience="3000",
    )

    # The library halves the squared loss: all of its penalties are halved too.
    expected = linear_model.ElasticNet(alpha=(0.4 + 0.2) / 2, l1_ratio=0.4 / 0.6, tol=1e-10).fit(
        features, labels
    )
    assert model.weights[:, 0] == pytest.approx(expected.coef_, abs=0.02)
    assert model.bias[0] == pytest.approx(expected.intercept_, abs=0.02)
    assert np.count_nonzero(model.weights) == np.count_nonzero(expected.coef_) == 3


@pytest.mark.parametrize(
    "criterion",
    ["accuracy", "f_beta", "precision_at_target_recall", "recall_at_target_precision"],
)
def test_no_threshold_is_better_than_the_one_that_is_found(criterion):
    given = parse_hyperparameters(
        {
            "predictor_type": "binary_classifier",
            "binary_classifier_model_selection_criteria": criterion,
            "f_beta": "2",
            "target_recall": "0.7",
            "target_precision": "0.7",
        }
    )
    random = np.random.default_rng(0)
    for _ in range(8):
        labels = random.integers(0, 2, 40)
        scores = np.round(0.3 * labels + random.random(40), 1)

        found = best_threshold(scores, labels, 0.5, given)

        def value(threshold, scores=scores, labels=labels):
            predicted = scores >= threshold
            recall = metrics.recall_score(labels, predicted, zero_division=0)
            precision = metrics.precision_score(labels, predicted, zero_division=0)
            if criterion == "accuracy":
                return metrics.accuracy_score(labels, predicted)
            if criterion == "f_beta":
                return metrics.fbeta_score(labels, predicted, beta=2, zero_division=0)
            if criterion == "precision_at_target_recall":
                return precision if recall >= 0.7 else -1
            return recall if precision >= 0.7 else -1

        best = max(value(threshold) for threshold in np.linspace(-0.05, 1.45, 31))
        assert value(found.value) == pytest.approx(best)
        if best >= 0:
            assert found.criterion == pytest.approx(best)


def test_a_target_that_no_threshold_reaches_is_told_by_the_criterion():
    given = parse_hyperparameters(
        {
            "predictor_type": "binary_classifier",
            "binary_classifier_model_selection_criteria": "recall_at_target_precision",
        }
    )

    assert best_threshold(np.array([0.9, 0.1]), np.array([0, 1]), 0.5, given).criterion < 0


def test_keeps_the_neutral_threshold_where_it_is_as_good_as_any():
    given = parse_hyperparameters({"predictor_type": "binary_classifier"})

    found = best_threshold(np.array([0.1, 0.2, 0.9]), np.array([0, 0, 1]), 0.5, given)

    assert found.value == 0.5


def test_roc_auc_is_the_librarys_and_undefined_for_one_label():
    random = np.random.default_rng(0)
    labels, scores = random.integers(0, 2, 200), np.round(random.random(200), 1)

    assert roc_auc(scores, labels) == pytest.approx(metrics.roc_auc_score(labels, scores))
    assert roc_auc(scores, np.ones(200)) is None


def test_binary_metrics_are_the_librarys():
    rows = binary_rows(positives=0.3)
    given = {"predictor_type": "binary_classifier", "f_beta": "2"}
    model = train(rows, **given)

    values = {
        it.name: it.value
        for it in metrics_of(model, rows.features, rows.labels, parse_hyperparameters(given))
    }

    raw = model.raw_scores(rows.features)
    scores, predicted = model.scores(raw), model.predicted_labels(raw)
    assert values == pytest.approx(
        {
            "binary_classification_cross_entropy_objective": metrics.log_loss(rows.labels, scores),
            "binary_classification_accuracy": metrics.accuracy_score(rows.labels, predicted),
            "binary_f_2.000": metrics.fbeta_score(rows.labels, predicted, beta=2),
            "precision": metrics.precision_score(rows.labels, predicted),
            "recall": metrics.recall_score(rows.labels, predicted),
            "roc_auc_score": metrics.roc_auc_score(rows.labels, scores),
        }
    )


def test_multiclass_metrics_are_the_librarys():
    rows = multiclass_rows()
    given = {"predictor_type": "multiclass_classifier", "num_classes": "3", "accuracy_top_k": "2"}
    model = train(rows, **given)

    values = {
        it.name: it.value
        for it in metrics_of(model, rows.features, rows.labels, parse_hyperparameters(given))
    }

    raw = model.raw_scores(rows.features)
    predicted = model.predicted_labels(raw)
    relevance = np.eye(3)[rows.labels.astype(int)]
    assert values == pytest.approx(
        {
            "multiclass_cross_entropy_objective": metrics.log_loss(rows.labels, model.scores(raw)),
            "multiclass_accuracy": metrics.accuracy_score(rows.labels, predicted),
            "multiclass_top_k_accuracy_2": metrics.top_k_accuracy_score(rows.labels, raw, k=2),
            "dcg": metrics.dcg_score(relevance, raw),
            "macro_recall": metrics.recall_score(rows.labels, predicted, average="macro"),
            "macro_precision": metrics.precision_score(rows.labels, predicted, average="macro"),
            "macro_f_1.000": metrics.f1_score(rows.labels, predicted, average="macro"),
            "multiclass_balanced_accuracy": metrics.balanced_accuracy_score(rows.labels, predicted),
        }
    )


def test_regression_metrics_are_the_librarys():
    rows = regression_rows()
    model = train(rows)

    given = parse_hyperparameters({"predictor_type": "regressor"})
    values = {it.name: it.value for it in metrics_of(model, rows.features, rows.labels, given)}

    predicted = model.raw_scores(rows.features)[:, 0]
    mse = metrics.mean_squared_error(rows.labels, predicted)
    assert values == pytest.approx(
        {
            "mse_objective": mse,
            "mse": mse,
            "rmse": mse**0.5,
            "absolute_loss": metrics.mean_absolute_error(rows.labels, predicted),
        }
    )


def test_without_bias_the_model_has_no_intercept():
    assert train(use_bias="false").bias[0] == 0


def test_a_quantile_lies_above_its_share_of_the_labels():
    rows = regression_rows(2000)
    model = train(rows, loss="quantile_loss", quantile="0.8", epochs="60")

    below = (rows.labels < model.raw_scores(rows.features)[:, 0]).mean()

    assert below == pytest.approx(0.8, abs=0.03)


def test_the_first_model_has_the_jobs_values_and_no_two_models_are_equal():
    given = parse_hyperparameters(
        {
            "predictor_type": "binary_classifier",
            "num_models": "40",
            "learning_rate": "0.02",
            "wd": "0.3",
            "l1": "0",
            "lr_scheduler_step": "7",
        }
    )

    settings = model_settings(given, numbers=10, balance=2.0)

    assert (settings[0].learning_rate, settings[0].wd, settings[0].l1) == (0.02, 0.3, 0)
    assert {it.l1 for it in settings} == {0}
    assert {it.lr_scheduler_step for it in settings} == {7}
    assert len({tuple(vars(it).items()) for it in settings}) == 40


def test_auto_trains_fewer_models_where_each_is_large():
    given = parse_hyperparameters({"predictor_type": "regressor"})

    assert len(model_settings(given, numbers=100, balance=1.0)) == 32
    assert len(model_settings(given, numbers=1_000_000, balance=1.0)) == 4
    assert len(model_settings(given, numbers=100_000_000, balance=1.0)) == 1


def test_predicts_the_same_from_a_saved_model(tmp_path):
    from linear_learner_container.linear_model import load_model

    model = train(predictor_type="binary_classifier")
    model.save(tmp_path)

    loaded = load_model(tmp_path)

    rows = binary_rows(seed=1).features
    assert isinstance(loaded, LinearModel)
    assert loaded.predict(rows) == model.predict(rows)
