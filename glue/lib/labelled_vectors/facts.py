"""What all rows have in common: the number of features, classes, what a guess would be."""

from __future__ import annotations

from dataclasses import dataclass

from csv_etl.errors import InputError
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Facts:
    rows: dict[str, int]
    """Of each split."""
    bad: int
    first: int
    """Lowest index of a feature: 0 or 1."""
    last: int
    """Highest one."""
    classes: dict[str, dict[int, int]] | None
    """Rows of each class in each split; None of regression."""
    label_mean: float | None
    """Of the train split; None of classification."""
    label_bounds: dict[str, tuple[float, float]] | None
    """Lowest and highest label of each split that has rows; None of classification."""

    @property
    def features(self) -> int:
        return self.last - self.first + 1

    @property
    def labels(self) -> list[int]:
        """Classes that some row has."""
        return sorted({label for counts in (self.classes or {}).values() for label in counts})


def find_facts(rows: DataFrame, task: str) -> Facts:
    """In one pass over all rows."""
    label = "NULL" if task == "regression" else "int(label)"
    groups = (
        rows.selectExpr(
            "CASE WHEN problem IS NULL THEN split END AS split",
            f"CASE WHEN problem IS NULL THEN {label} END AS class",
            "label",
            "first",
            "last",
        )
        .groupBy("split", "class")
        .agg(
            F.count("*").alias("count"),
            F.min("first").alias("first"),
            F.max("last").alias("last"),
            F.avg("label").alias("mean"),
            F.min("label").alias("lowest"),
            F.max("label").alias("highest"),
        )
        .collect()
    )
    good = [group for group in groups if group["split"] is not None]
    numbers = dict.fromkeys(SPLITS, 0)
    classes: dict[str, dict[int, int]] = {split: {} for split in SPLITS}
    for group in good:
        numbers[group["split"]] += group["count"]
        if group["class"] is not None:
            classes[group["split"]][group["class"]] = group["count"]
    firsts = [group["first"] for group in good if group["first"] is not None]
    return Facts(
        rows=numbers,
        bad=sum(group["count"] for group in groups if group["split"] is None),
        first=min([1, *firsts]),
        last=max([0, *(group["last"] for group in good if group["last"] is not None)]),
        classes=None if task == "regression" else classes,
        label_mean=next((g["mean"] for g in good if g["split"] == "train"), None)
        if task == "regression"
        else None,
        label_bounds={group["split"]: (group["lowest"], group["highest"]) for group in good}
        if task == "regression"
        else None,
    )


def check_test_rows(facts: Facts, most: int, source: str) -> None:
    """Raises InputError where more rows are held out than candidates can be asked about."""
    rows = facts.rows["test"]
    if most and rows > most:
        raise InputError(
            f"{source} leaves {rows} rows for the test, and {most} can be compared: write how many "
            f"of them in evaluation.samples of the comparison, {most} at most."
        )


def check_comparable(facts: Facts, task: str, source: str, split: str) -> None:
    """Raises InputError where too little is left to train on or to score with."""
    total = sum(facts.rows.values())
    if total + facts.bad == 0:
        raise InputError(f"{source} has no rows below the header. Write one row a line.")
    empty = [name for name in SPLITS if facts.rows[name] == 0]
    if empty:
        raise InputError(
            f"{source} has too few rows: of {total} usable ones none falls into "
            f"{' and '.join(empty)} (split {split}; rows with the same features stay together). "
            "Add rows that differ."
        )
    if facts.features < 1:
        raise InputError(f"{source}: no row has a feature. Write at least one that is not 0.")
    if task == "regression":
        check_labels_differ(facts, source)
        return
    for name in ("train", "test"):
        there = [label for label, count in (facts.classes or {})[name].items() if count]
        if len(there) < 2:
            raise InputError(
                f"{source}: all {facts.rows[name]} rows of the {name} split have class {there[0]}: "
                "there is nothing to tell apart. Add rows of other classes."
            )
    if task == "multiclass" and facts.labels != list(range(len(facts.labels))):
        missing = next(i for i, label in enumerate(facts.labels) if i != label)
        raise InputError(
            f"{source}: classes are numbered from 0 without gaps, and no row has class {missing} "
            f"(the highest is {facts.labels[-1]}). Number them anew."
        )


def check_labels_differ(facts: Facts, source: str) -> None:
    """Raises InputError where no label differs from another: nothing to learn, or to score by."""
    bounds = facts.label_bounds or {}
    parts = {
        f"{sum(facts.rows.values())} rows": SPLITS,
        f"{facts.rows['train']} rows of the train split": ("train",),
        f"{facts.rows['test']} rows of the test split": ("test",),
    }
    for rows, splits in parts.items():
        lowest = min(bounds[name][0] for name in splits)
        if lowest == max(bounds[name][1] for name in splits):
            raise InputError(
                f"{source}: all {rows} have label {str(lowest).removesuffix('.0')}: "
                "there is nothing to predict. Add rows with other labels, or see whether the label "
                "is the right column."
            )
