"""The same rows in each format that a candidate reads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from csv_etl.channels import write_lines
from csv_etl.errors import InputError
from pyspark.sql import DataFrame

from labelled_vectors.facts import SPLITS, Facts

FORMATS = ("csv", "libsvm")

# Dense rows of more would be mostly zeros, and outgrow what a request may hold.
MOST_DENSE_FEATURES = 100_000


def check_formats(formats: list[str], facts: Facts, source: str) -> None:
    """Raises InputError where the rows cannot be written densely."""
    if "csv" in formats and facts.features > MOST_DENSE_FEATURES:
        raise InputError(
            f"{source} has feature indices up to {facts.last}: as CSV each row would have "
            f"{facts.features} columns, and {MOST_DENSE_FEATURES} is the most. Number the features "
            "closely, or compare only candidates whose contentType is text/libsvm."
        )


def write_rows(rows: DataFrame, formats: list[str], facts: Facts, task: str, folder: str) -> None:
    """
    Writes `<folder>/<format>/<split>/part-*`, label first, and `features`: the test split without
    labels. Rows of a split come in the same order in each format and there, because each part is
    written from the same part of the rows.
    """
    label = "string(label)" if task == "regression" else "string(int(label))"
    sparse = "array_join(transform(features, p -> concat(' ', p.i, ':', p.v)), '')"
    dense = _dense(facts)
    lines = {
        "csv": (f"concat({label}, {dense})", f"substring(concat({dense}), 2)"),
        # readers take the first word for a label
        "libsvm": (f"concat({label}, {sparse})", f"concat('0', {sparse})"),
    }

    def write(form: str) -> None:
        line, unlabelled = lines[form]
        output = rows.selectExpr("split", f"{line} AS line")
        write_lines(output, {split: f"{folder}{form}/{split}" for split in SPLITS})
        features = rows.where("split = 'test'").selectExpr(
            "'test' AS split", f"{unlabelled} AS line"
        )
        write_lines(features, {"test": f"{folder}{form}/features"})

    with ThreadPoolExecutor(max_workers=len(formats)) as pool:
        list(pool.map(write, formats))


def _dense(facts: Facts) -> str:
    """SQL: `,value` of every feature. Zeros fill the gaps: looking each index up takes longer."""
    before = f"CASE WHEN k = 0 THEN {facts.first - 1} ELSE features[k - 1].i END"
    last = f"coalesce(element_at(features, -1).i, {facts.first - 1})"
    filled = (
        f"transform(features, (p, k) -> concat(repeat(',0.0', p.i - ({before}) - 1), ',', p.v))"
    )
    return f"array_join({filled}, ''), repeat(',0.0', {facts.last} - ({last}))"
