"""Which split a row belongs to."""

from __future__ import annotations

SPLITS = ("train", "validate", "test")

# Upper bounds out of BUCKETS: 70 % train, 15 % validate, the rest test.
BUCKETS = 10_000
TRAIN_BELOW = 7_000
VALIDATE_BELOW = 8_500


def split_sql(line: str, seed: int) -> str:
    """
    SQL for the split of a row, from its text and the seed alone.

    So a row's split depends neither on how Spark cuts the file up, nor on the other rows: a
    customer who was in the test split of one upload is not trained on after the next one. Equal
    rows share a split, which keeps copies of training rows out of the test split.
    """
    bucket = f"pmod(xxhash64({seed}L, trim({line})), {BUCKETS})"
    return (
        f"CASE WHEN {bucket} < {TRAIN_BELOW} THEN 'train' "
        f"WHEN {bucket} < {VALIDATE_BELOW} THEN 'validate' ELSE 'test' END"
    )
