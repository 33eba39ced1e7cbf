"""Lloyd's algorithm on weighted points, which reduces the streamed centers to the k of the model.

scikit-learn's KMeans stops by how far centers move; here the sum of squared distances decides, as
`local_lloyd_tol` is defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .initial_centers import initial_centers
from .nearest_centers import nearest_centers


@dataclass(frozen=True)
class LloydSettings:
    #: "random" or "kmeans++"
    init_method: str
    #: How often it runs from other starting centers; the best run counts.
    trials: int
    max_iterations: int
    #: Ends a run when the sum of squared distances shrinks by less than this fraction.
    tolerance: float


def reduce_centers(
    points: np.ndarray,
    weights: np.ndarray,
    count: int,
    settings: LloydSettings,
    random: np.random.Generator,
    report: Callable[[int, float], None] = lambda trial, msd: None,
) -> tuple[np.ndarray, float]:
    """The best `count` centers of (rows, features) points, and the weighted mean of the squared
    distances to them.

    `weights`: (rows,), above 0. `report` is told each trial's number and mean squared distance.
    """
    best: tuple[np.ndarray, float] | None = None
    for trial in range(settings.trials):
        centers, ssd = _run(points, weights, count, settings, random)
        msd = float(ssd / weights.sum())
        report(trial, msd)
        if best is None or msd < best[1]:
            best = centers, msd
    assert best is not None, "at least one trial"
    return best


def _run(
    points: np.ndarray,
    weights: np.ndarray,
    count: int,
    settings: LloydSettings,
    random: np.random.Generator,
) -> tuple[np.ndarray, float]:
    centers = initial_centers(points, count, settings.init_method, random, weights)
    closest, squared = nearest_centers(points, centers)
    ssd = float(weights @ squared)
    for _ in range(settings.max_iterations):
        centers = weighted_means(points, weights, closest, weights * squared, centers)
        closest, squared = nearest_centers(points, centers)
        before, ssd = ssd, float(weights @ squared)
        if before - ssd <= settings.tolerance * before:
            break
    return centers, ssd


def weighted_means(
    points: np.ndarray,
    weights: np.ndarray,
    closest: np.ndarray,
    costs: np.ndarray,
    centers: np.ndarray,
) -> np.ndarray:
    """The mean of each center's points; one that has none takes the point of the highest of
    `costs`, of shape (rows,).
    """
    totals = np.bincount(closest, weights, minlength=len(centers))
    sums = np.zeros_like(centers)
    np.add.at(sums, closest, points * weights[:, None])
    means = np.divide(sums, totals[:, None], out=centers.copy(), where=totals[:, None] > 0)
    empty = np.flatnonzero(totals == 0)
    # They would stay without for ever.
    means[empty] = points[np.argsort(-costs, kind="stable")[: len(empty)]]
    return means
