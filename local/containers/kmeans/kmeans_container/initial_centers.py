"""The points that centers start from."""

from __future__ import annotations

import numpy as np

from .nearest_centers import nearest_centers


def initial_centers(
    points: np.ndarray,
    count: int,
    method: str,
    random: np.random.Generator,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """`count` different rows of `points`: (count, features).

    `method`: "random" draws rows alike; "kmeans++" draws each in proportion to its weight times its
    squared distance from those that are drawn. `weights`: (rows,), all 1 by default.
    `count` is at most the number of rows.
    """
    if method == "random":
        return points[random.choice(len(points), count, replace=False)]
    weights = np.ones(len(points)) if weights is None else weights
    chosen = [int(random.choice(len(points), p=weights / weights.sum()))]
    squared = nearest_centers(points, points[chosen])[1]
    while len(chosen) < count:
        odds = weights * squared
        odds[chosen] = 0.0
        if odds.sum() == 0:
            # What is left are copies of chosen points.
            left = np.setdiff1d(np.arange(len(points)), chosen)
            drawn = int(random.choice(left))
        else:
            drawn = int(random.choice(len(points), p=odds / odds.sum()))
        chosen.append(drawn)
        squared = np.minimum(squared, np.square(points - points[drawn]).sum(axis=1))
    return points[chosen]
