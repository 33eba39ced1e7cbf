"""
The demo's work by hand, without any pipeline: Spark prepares the churn CSV, XGBoost trains on it.

usage: raw_loop.py INPUT FOLDER [REPETITIONS]

Runs in the Spark environment with XGBoost's packages on PYTHONPATH. Spark as it comes, on both
cores; no row is checked. Prints one line of JSON: seconds of ETL and of training for each
repetition; the first is cold, start of Spark included.
"""

import json
import sys
import time

STARTED = time.perf_counter()

NUMBERS = [
    "Account Length",
    "VMail Message",
    "Day Mins",
    "Day Calls",
    "Eve Mins",
    "Eve Calls",
    "Night Mins",
    "Night Calls",
    "Intl Mins",
    "Intl Calls",
    "CustServ Calls",
]
CATEGORIES = ["State", "Area Code", "Int'l Plan", "VMail Plan"]


def prepare(source: str, folder: str) -> None:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    spark = (
        SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    rows = spark.read.csv(source, header=True, inferSchema=True)
    label = F.when(F.trim(F.col("`Churn?`")) == "True.", 1).otherwise(0).alias("label")
    columns = [label, *[F.col(f"`{name}`") for name in NUMBERS]]
    for name in CATEGORIES:
        values = sorted(row[0] for row in rows.select(f"`{name}`").distinct().collect())
        columns += [
            F.when(F.col(f"`{name}`") == value, 1).otherwise(0).alias(f"{name}_{value}")
            for value in values
        ]
    splits = rows.select(*columns).randomSplit([0.7, 0.15, 0.15], seed=42)
    for name, split in zip(("train", "validate", "test"), splits, strict=True):
        split.write.mode("overwrite").csv(f"{folder}/{name}")


def train(folder: str) -> float:
    import numpy as np
    import xgboost

    def matrix(name: str) -> xgboost.DMatrix:
        from glob import glob

        parts = [
            np.loadtxt(path, delimiter=",", ndmin=2)
            for path in sorted(glob(f"{folder}/{name}/part-*.csv"))
        ]
        data = np.concatenate([part for part in parts if part.size])
        return xgboost.DMatrix(data[:, 1:], label=data[:, 0])

    results: dict = {}
    parameters = {"objective": "binary:logistic", "max_depth": 5, "eval_metric": "error"}
    watched = matrix("train"), matrix("validate")
    booster = xgboost.train(
        parameters,
        watched[0],
        100,
        evals=[(watched[0], "train"), (watched[1], "validation")],
        evals_result=results,
        verbose_eval=False,
    )
    booster.save_model(f"{folder}/model.ubj")
    return results["validation"]["error"][-1]


def main(source: str, folder: str, repetitions: int) -> None:
    seconds = []
    started = STARTED
    error = 0.0
    for _ in range(repetitions):
        prepare(source, folder)
        prepared = time.perf_counter()
        error = train(folder)
        ended = time.perf_counter()
        seconds.append({"etl": prepared - started, "train": ended - prepared})
        started = time.perf_counter()
    print(json.dumps({"seconds": seconds, "validationError": error}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
