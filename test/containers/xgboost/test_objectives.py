"""Objectives beyond two classes, weights of rows, and early stopping."""

import re

import numpy as np
import pytest
from jobs import binary_job

RNG = np.random.default_rng(7)
FEATURES = RNG.normal(size=(240, 3)).round(3)
LIBSVM = {"ContentType": "text/libsvm"}


def csv(labels, features=FEATURES, weights=None):
    columns = [labels, *([weights] if weights is not None else []), *features.T]
    return "".join(",".join(f"{cell:g}" for cell in row) + "\n" for row in np.array(columns).T)


def both(content, name="t.csv"):
    """The same rows in both channels, in files that are told apart."""
    return {f"train/{name}": content, f"validation/v-{name}": content}


def job(content, name="t.csv", channel=None, **hyperparameters):
    built = binary_job(both(content, name), channel, **{"num_round": "10", **hyperparameters})
    built["inputdataconfig"]["validation"] = built["inputdataconfig"]["train"]
    return built


def values(run, metric):
    return [float(value) for value in re.findall(rf"\t{metric}:(\S+)", run.stdout)]


def predictions(workers, run, features, content_type="text/csv"):
    server = workers.server(run.base / "model", {})
    body = "".join(",".join(f"{cell:g}" for cell in row) + "\n" for row in features)
    status, _, answer = server.request(
        "POST", "/invocations", {"Content-Type": content_type}, body.encode()
    )
    assert status == 200
    return np.array([[float(cell) for cell in line.split(",")] for line in answer.split()])


def test_regression(workers):
    target = FEATURES @ [3, -2, 1]

    run = workers.train(job(csv(target), objective="reg:squarederror", eval_metric="rmse,mae"))

    assert run.exit == 0, run.stderr
    rmse = values(run, "validation-rmse")
    assert rmse[-1] < rmse[0] / 2
    predicted = predictions(workers, run, FEATURES)[:, 0]
    # XGBoost reads digits by itself and differs in the last bit: a row on a cut may change sides.
    assert np.sqrt(np.mean((predicted - target) ** 2)) == pytest.approx(rmse[-1], rel=0.05)


def test_several_classes(workers):
    labels = np.digitize(FEATURES[:, 0], [-0.5, 0.5])

    run = workers.train(
        job(csv(labels), objective="multi:softprob", num_class="3", eval_metric="merror")
    )

    assert run.exit == 0, run.stderr
    assert values(run, "validation-merror")[-1] == 0
    shares = predictions(workers, run, FEATURES)
    assert shares.shape == (240, 3)
    assert shares.argmax(axis=1).tolist() == labels.tolist()


def test_ranking_of_rows_in_groups(workers):
    relevance = np.digitize(FEATURES[:, 0], [-0.5, 0.5])
    groups = np.repeat(np.arange(24), 10)
    lines = [
        f"{label} qid:{group} 0:{row[0]:g} 1:{row[1]:g} 2:{row[2]:g}\n"
        for label, group, row in zip(relevance, groups, FEATURES, strict=True)
    ]

    run = workers.train(
        job("".join(lines), "t.libsvm", LIBSVM, objective="rank:ndcg", eval_metric="ndcg,ndcg@3")
    )

    assert run.exit == 0, run.stderr
    ndcg = values(run, "validation-ndcg")
    assert ndcg[-1] > max(ndcg[0], 0.95)
    assert len(values(run, "validation-ndcg@3")) == 10


def test_weights_of_rows(workers):
    labels = np.where(FEATURES[:, 0] > 0, 1, 0)
    flipped = np.where(FEATURES[:, 1] > 0, 1 - labels, labels)
    trusted = np.where(FEATURES[:, 1] > 0, 1e-6, 1.0)

    run = workers.train(job(csv(flipped, weights=trusted), csv_weights="1"))

    assert run.exit == 0, run.stderr
    assert "Train matrix has 240 rows and 3 columns" in run.stderr
    predicted = predictions(workers, run, FEATURES)[:, 0] > 0.5
    sure = trusted == 1
    assert (predicted == labels)[sure].mean() > 0.98


def test_early_stopping_keeps_the_best_round(workers):
    rows = RNG.normal(size=(120, 3)).round(3)
    noise = RNG.integers(0, 2, 120)
    given = binary_job(
        {"train/t.csv": csv(noise[:60], rows[:60]), "validation/v.csv": csv(noise[60:], rows[60:])},
        num_round="200",
        eval_metric="logloss",
        early_stopping_rounds="5",
    )
    given["inputdataconfig"]["validation"] = given["inputdataconfig"]["train"]

    run = workers.train(given)

    assert run.exit == 0, run.stderr
    losses = values(run, "validation-logloss")
    assert len(losses) == int(np.argmin(losses)) + 1 + 5
    shares = predictions(workers, run, rows[60:])[:, 0]
    truth = noise[60:]
    loss = -np.mean(truth * np.log(shares) + (1 - truth) * np.log(1 - shares))
    assert loss == pytest.approx(min(losses), abs=1e-4)
