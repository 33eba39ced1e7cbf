"""
A comparison's work by hand, without any pipeline: Spark splits a libsvm file, XGBoost and Linear
Learner train on one part, and predict another.

usage: raw_comparison.py INPUT FOLDER REPETITIONS

Runs in the Spark environment with the learners' packages on PYTHONPATH, and the project's Linear
Learner, so that both sides train the same two models. Spark as it comes, on both cores; no row is
checked, nothing is resampled. Prints one line of JSON: seconds of each repetition, split and
trainings apart, and the last one's RMSE of each model; the first is cold, start of Spark included.
"""

import json
import sys
import time
from glob import glob

STARTED = time.perf_counter()

XGBOOST = {
    "objective": "reg:squarederror",
    "max_depth": 5,
    "eta": 0.2,
    "gamma": 4,
    "min_child_weight": 6,
    "subsample": 0.7,
}
LINEAR_LEARNER = {"predictor_type": "regressor", "mini_batch_size": "100"}


def split(source: str, folder: str) -> None:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    lines = spark.read.text(source).selectExpr(
        "split(value, ' ', 2)[0] AS label", "str_to_map(split(value, ' ', 2)[1], ' ', ':') AS m"
    )
    dense = "transform(sequence(1, 8), i -> coalesce(m[string(i)], '0'))"
    rows = lines.selectExpr(f"concat_ws(',', label, {dense})")
    parts = rows.randomSplit([0.7, 0.15, 0.15], seed=1)
    for name, part in zip(("train", "validation", "test"), parts, strict=True):
        part.write.mode("overwrite").text(f"{folder}/{name}")


def rows_of(folder: str, name: str):
    import numpy as np

    parts = [np.loadtxt(path, delimiter=",", ndmin=2) for path in glob(f"{folder}/{name}/part-*")]
    data = np.concatenate([part for part in parts if part.size])
    return data[:, 1:], data[:, 0]


def train(folder: str) -> dict[str, float]:
    import xgboost
    from linear_learner_container.hyperparameters import parse_hyperparameters
    from linear_learner_container.log_lines import LogLines
    from linear_learner_container.training_job import train_model
    from sagemaker_contract.tabular_channels import Rows

    class Silent(LogLines):
        def info(self, text: str) -> None:
            pass

    data = {name: rows_of(folder, name) for name in ("train", "validation", "test")}
    features, labels = data["test"]
    booster = xgboost.train(XGBOOST, xgboost.DMatrix(*data["train"]), 50)
    rows = {name: Rows(*data[name]) for name in ("train", "validation")}
    linear = train_model(rows, parse_hyperparameters(LINEAR_LEARNER), Silent("algo-1"))
    predicted = {
        "xgboost": booster.predict(xgboost.DMatrix(features)),
        "linear-learner": linear.raw_scores(features).ravel(),
    }
    return {
        name: float(((values - labels) ** 2).mean() ** 0.5) for name, values in predicted.items()
    }


def main(source: str, folder: str, repetitions: int) -> None:
    seconds = []
    started = STARTED
    rmse: dict[str, float] = {}
    for _ in range(repetitions):
        split(source, folder)
        prepared = time.perf_counter()
        rmse = train(folder)
        ended = time.perf_counter()
        seconds.append({"etl": prepared - started, "train": ended - prepared})
        started = time.perf_counter()
    print(json.dumps({"seconds": seconds, "rmse": rmse}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
