"""The training rows that go into the index."""

from __future__ import annotations

import numpy as np


def reservoir_sample(rows: int, size: int, random: np.random.Generator) -> np.ndarray:
    """Ascending indices of `size` of `rows` rows, each set of them equally likely; all rows where
    there are no more.

    One pass, as over a stream whose length is not known beforehand (Vitter's algorithm R).
    """
    if rows <= size:
        return np.arange(rows)
    reservoir = np.arange(size)
    places = random.integers(0, np.arange(size, rows) + 1)
    for row, place in enumerate(places, start=size):
        if place < size:
            reservoir[place] = row
    return np.sort(reservoir)
