"""Which split a row belongs to."""

from __future__ import annotations

from csv_etl.errors import InputError

SPLITS = ("train", "validate", "test")

# Upper bounds out of BUCKETS: 70 % train, 15 % validate, the rest test.
BUCKETS = 10_000
TRAIN_BELOW = 7_000
VALIDATE_BELOW = 8_500


def split_sql(values: list[str], seed: int) -> str:
    """
    SQL for the split of a row, from texts that tell it from others (its line, say) and the seed
    alone.

    So a row's split depends neither on how Spark cuts the file up, nor on the other rows: what was
    in the test split of one upload is not trained on after the next one. Equal rows share a split,
    which keeps copies of training rows out of the test split.
    """
    texts = ", ".join(f"trim({value})" for value in values)
    bucket = f"pmod(xxhash64({seed}L, {texts}), {BUCKETS})"
    return (
        f"CASE WHEN {bucket} < {TRAIN_BELOW} THEN 'train' "
        f"WHEN {bucket} < {VALIDATE_BELOW} THEN 'validate' ELSE 'test' END"
    )


def check_splits(rows: dict[str, int], source: str) -> None:
    """Raises InputError when a split has no rows. `rows`: how many each has."""
    empty = [split for split in SPLITS if rows.get(split, 0) == 0]
    if empty:
        raise InputError(
            f"{source} has too few rows: of {sum(rows.values())} usable ones none falls into the "
            f"{' or '.join(empty)} split (70 % train, 15 % validate, 15 % test). "
            "Add rows: from 100 on every split has some."
        )
