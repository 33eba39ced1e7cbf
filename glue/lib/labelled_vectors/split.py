"""Which split a row belongs to."""

from __future__ import annotations

import re

from csv_etl.errors import InputError

from labelled_vectors.facts import SPLITS

BUCKETS = 10_000


def split_sql(percentages: str, seed: int) -> str:
    """
    SQL for the split of a parsed row, from its features and the seed.

    Zeros are left out, so that a row is told from others in the same way in a sparse and in a dense
    file. The label has no part in it: a row that comes again with a corrected label stays where it
    was.
    """
    train, validation, _ = _parsed(percentages)
    nonzero = "transform(filter(features, p -> p.v != 0), p -> concat(p.i, ':', p.v))"
    bucket = f"pmod(xxhash64({seed}L, array_join({nonzero}, ' ')), {BUCKETS})"
    first, second = train * BUCKETS // 100, (train + validation) * BUCKETS // 100
    one, two, three = SPLITS
    return (
        f"CASE WHEN {bucket} < {first} THEN '{one}' "
        f"WHEN {bucket} < {second} THEN '{two}' ELSE '{three}' END"
    )


def _parsed(text: str) -> tuple[int, int, int]:
    parts = text.split(",")
    if len(parts) == len(SPLITS) and all(re.fullmatch(r"\s*[0-9]{1,3}\s*", part) for part in parts):
        train, validation, test = map(int, parts)
        if min(train, validation, test) >= 1 and train + validation + test == 100:
            return train, validation, test
    raise InputError(
        f"argument SPLIT is {text!r}: write percentages of {', '.join(SPLITS)} that add up to 100, "
        "each 1 at least, such as 70,15,15."
    )
