"""What the rows of a file add up to, and whether a model can be trained on them."""

from __future__ import annotations

from dataclasses import dataclass

from csv_etl.errors import InputError
from csv_etl.split import SPLITS, check_splits
from pyspark.sql import DataFrame

from churn.schema import LABEL, LABEL_VALUES


@dataclass(frozen=True)
class Counts:
    """Rows of the input: how many there are of each (split, label), and how many do not fit."""

    good: dict[tuple[str, int], int]
    bad: int

    @property
    def read(self) -> int:
        """All rows: neither the header nor blank lines are any."""
        return sum(self.good.values()) + self.bad

    def of_split(self, split: str) -> int:
        return sum(count for (name, _), count in self.good.items() if name == split)

    def of_label(self, label: int) -> int:
        return sum(count for (_, number), count in self.good.items() if number == label)


def count_rows(lines: DataFrame) -> Counts:
    """One Spark job over the rows of `to_csv_lines`."""
    groups = {
        (row["split"], row["label"]): row["count"]
        for row in lines.groupBy("split", "label").count().collect()
    }
    good = {key: count for key, count in groups.items() if key[0] is not None}
    return Counts(good, sum(groups.values()) - sum(good.values()))


def check_trainable(counts: Counts, source: str) -> None:
    """Raises InputError when a split would be empty, or when there is nothing to tell apart."""
    if counts.read == 0:
        raise InputError(
            f"{source} has a header but no rows: it needs one line per customer below the header."
        )
    usable = counts.read - counts.bad
    for text, label in LABEL_VALUES.items():
        if usable and counts.of_label(label) == usable:
            raise InputError(
                f"{source}: all {usable} rows have {text!r} in column {LABEL!r}. "
                "A model needs customers of both kinds: add rows of the other one."
            )
    check_splits({split: counts.of_split(split) for split in SPLITS}, source)
    for text, label in LABEL_VALUES.items():
        if counts.good.get(("train", label), 0) == 0:
            raise InputError(
                f"{source}: none of its {counts.of_label(label)} rows with {text!r} in column "
                f"{LABEL!r} falls into the train split. Add more of them."
            )
