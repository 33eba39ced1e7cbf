"""K-Means as AWS describes it: initial centers from the first mini-batch, mini-batches that move k
times `extra_center_factor` centers, and a local reduction to k.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .initial_centers import initial_centers
from .lloyd import LloydSettings, reduce_centers
from .streaming_centers import StreamingCenters

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClusteringSettings:
    k: int
    init_method: str
    extra_center_factor: int
    mini_batch_size: int
    epochs: int
    half_life_time_size: int
    local_lloyd: LloydSettings


@dataclass(frozen=True)
class Clustering:
    #: (k, features)
    centers: np.ndarray
    #: Weighted mean squared distance of the streamed centers to those of the model; None where
    #: nothing was reduced.
    reduction_msd: float | None


def cluster(
    points: np.ndarray,
    settings: ClusteringSettings,
    random: np.random.Generator,
    epoch_ended: Callable[[int], None] = lambda epochs: None,
) -> Clustering:
    """Clusters (rows, features) points; there are at least k rows.

    `epoch_ended` is told how many epochs have been run.
    """
    streamed = _stream(points, settings, random, epoch_ended)
    used = streamed.weights > 0
    if used.sum() < settings.k:
        # So few different points that centers beyond them have none: kept as they started.
        used = np.argsort(-streamed.weights, kind="stable")[: settings.k]
        return Clustering(streamed.centers[used], None)
    if len(streamed.centers) == settings.k:
        return Clustering(streamed.centers, None)
    logger.info("shrinking %d centers into %d", len(streamed.centers), settings.k)
    centers, msd = reduce_centers(
        streamed.centers[used],
        streamed.weights[used],
        settings.k,
        settings.local_lloyd,
        random,
        lambda trial, msd: logger.info(
            "local kmeans attempt #%d. Current mean square distance %f", trial, msd
        ),
    )
    return Clustering(centers, msd)


def _stream(
    points: np.ndarray,
    settings: ClusteringSettings,
    random: np.random.Generator,
    epoch_ended: Callable[[int], None],
) -> StreamingCenters:
    size = settings.mini_batch_size
    streamed: StreamingCenters | None = None
    for epoch in range(settings.epochs):
        # AWS calls a mini-batch a random part of all rows; files are often sorted.
        order = random.permutation(len(points))
        for start in range(0, len(points), size):
            batch = points[order[start : start + size]]
            if streamed is None:
                count = _initial_count(settings, len(batch))
                centers = initial_centers(batch, count, settings.init_method, random)
                streamed = StreamingCenters(centers, settings.half_life_time_size)
            streamed.update(batch)
        epoch_ended(epoch + 1)
    assert streamed is not None, "at least one row and one epoch"
    return streamed


def _initial_count(settings: ClusteringSettings, batch_rows: int) -> int:
    wanted = settings.k * settings.extra_center_factor
    if wanted > batch_rows:
        logger.warning(
            "%d centers are wanted (k times extra_center_factor), but the first mini-batch has "
            "only %d rows to start them from: going on with %d.",
            wanted,
            batch_rows,
            batch_rows,
        )
    return min(wanted, batch_rows)
