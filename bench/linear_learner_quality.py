"""Linear Learner of the local cloud beside scikit-learn, on scikit-learn's own data sets.

    PYTHONPATH=local/containers/linear_learner:local/containers/contract \
        python bench/linear_learner_quality.py

Prints, for each data set, the metric on rows that neither has seen, of the runner and of Ridge or
LogisticRegression with their defaults on standardized features, averaged over the same splits; then
the seconds of one training process on 20,000 rows of 20 features.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from linear_learner_container.hyperparameters import parse_hyperparameters
from linear_learner_container.log_lines import LogLines
from linear_learner_container.metrics import metrics_of
from linear_learner_container.training_job import train_model
from sagemaker_contract.tabular_channels import Rows
from sklearn import datasets
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SPLITS = 5


class Silent(LogLines):
    def info(self, text: str) -> None:
        pass


def main() -> None:
    print(f"{'data set':16}{'metric':32}{'runner':>10}{'scikit-learn':>14}{'difference':>12}")
    regression = {"predictor_type": "regressor"}
    compare("diabetes", datasets.load_diabetes, regression, Ridge, ["rmse", "absolute_loss"])
    binary = {"predictor_type": "binary_classifier"}
    compare(
        "breast cancer",
        datasets.load_breast_cancer,
        binary,
        LogisticRegression,
        ["binary_classification_accuracy", "roc_auc_score"],
    )
    for name, load, classes in (
        ("wine", datasets.load_wine, 3),
        ("digits", datasets.load_digits, 10),
    ):
        multiclass = {"predictor_type": "multiclass_classifier", "num_classes": str(classes)}
        compare(name, load, multiclass, LogisticRegression, ["multiclass_accuracy"])
    for predictor in ("regressor", "binary_classifier"):
        print(f"20,000 x 20 rows, {predictor:18} one process, s {training_seconds(predictor):6.2f}")


def compare(name, load, hyperparameters, library, metrics) -> None:
    features, labels = load(return_X_y=True)
    labels = labels.astype(float)
    # Small data: small batches, so that fifteen epochs are enough steps, as on AWS.
    given = {**hyperparameters, "mini_batch_size": "32", "epochs": "50"}
    values = {metric: [] for metric in metrics}
    for seed in range(SPLITS):
        train, validation, test = split(features, labels, seed)
        parsed = parse_hyperparameters(given)
        model = train_model({"train": train, "validation": validation}, parsed, Silent("algo-1"))
        of_runner = {it.name: it.value for it in metrics_of(model, *parts(test), parsed)}
        # The library chooses nothing by validation rows: it learns from them too.
        both = [np.concatenate(pair) for pair in zip(parts(train), parts(validation), strict=True)]
        fitted = make_pipeline(StandardScaler(), library()).fit(*both)
        for metric in metrics:
            values[metric].append((of_runner[metric], library_metric(metric, fitted, test)))
    for metric, pairs in values.items():
        ours, theirs = np.mean(pairs, axis=0)
        print(f"{name:16}{metric:32}{ours:10.4f}{theirs:14.4f}{(ours - theirs) / theirs:+12.1%}")


def split(features, labels, seed) -> list[Rows]:
    stratify = labels if len(np.unique(labels)) <= 10 else None
    rest_x, test_x, rest_y, test_y = train_test_split(
        features, labels, test_size=0.25, random_state=seed, stratify=stratify
    )
    train_x, validation_x, train_y, validation_y = train_test_split(
        rest_x, rest_y, test_size=0.2, random_state=seed
    )
    return [Rows(train_x, train_y), Rows(validation_x, validation_y), Rows(test_x, test_y)]


def parts(rows: Rows):
    return rows.features, rows.labels


def library_metric(metric, fitted, test: Rows) -> float:
    if metric == "roc_auc_score":
        return roc_auc_score(test.labels, fitted.decision_function(test.features))
    predicted = fitted.predict(test.features)
    if metric == "rmse":
        return float(((predicted - test.labels) ** 2).mean() ** 0.5)
    if metric == "absolute_loss":
        return float(np.abs(predicted - test.labels).mean())
    return float((predicted == test.labels).mean())


def training_seconds(predictor: str) -> float:
    random = np.random.default_rng(0)
    features = random.normal(size=(20_000, 20))
    labels = features @ random.normal(size=20) + random.normal(size=20_000)
    if predictor != "regressor":
        labels = (labels > 0).astype(float)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        config, channel = base / "input" / "config", base / "input" / "data" / "train"
        config.mkdir(parents=True)
        channel.mkdir(parents=True)
        (config / "hyperparameters.json").write_text(json.dumps({"predictor_type": predictor}))
        settings = {"train": {"ContentType": "text/csv", "TrainingInputMode": "File"}}
        (config / "inputdataconfig.json").write_text(json.dumps(settings))
        np.savetxt(channel / "rows.csv", np.column_stack([labels, features]), delimiter=",")
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "linear_learner_container.train"],
            env={**os.environ, "SAGEMAKER_BASE_DIR": str(base)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
