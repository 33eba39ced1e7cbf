"""Web-scale k-means: centers that move with each mini-batch (Sculley, 2010), as AWS describes its
algorithm's second step.
"""

from __future__ import annotations

import numpy as np

from .nearest_centers import nearest_centers


class StreamingCenters:
    """Centers, and how much weight of points has gone into each."""

    def __init__(self, centers: np.ndarray, half_life: int = 0) -> None:
        """`centers`: (count, features), where they start; the starting points weigh nothing, so
        that the first points of a center replace it.

        `half_life`: points after which the weight of a point is halved; 0 for never
        """
        self.centers = np.array(centers, dtype=np.float64)
        self.weights = np.zeros(len(self.centers))
        self._half_life = half_life

    def update(self, batch: np.ndarray) -> None:
        """Moves each center to the weighted mean of its old points and those of `batch`, of shape
        (rows, features), that are nearest to it.
        """
        closest, _ = nearest_centers(batch, self.centers)
        count = len(self.centers)
        point_weights = self._weights_after(len(batch))
        added = np.bincount(closest, point_weights, minlength=count)
        sums = np.zeros_like(self.centers)
        np.add.at(sums, closest, batch * point_weights[:, None])

        if self._half_life:
            self.weights *= 0.5 ** (len(batch) / self._half_life)
        touched = added > 0
        total = self.weights[touched] + added[touched]
        share = (added[touched] / total)[:, None]
        means = sums[touched] / added[touched][:, None]
        self.centers[touched] = (1 - share) * self.centers[touched] + share * means
        self.weights[touched] = total

    def _weights_after(self, rows: int) -> np.ndarray:
        """What each row of a batch weighs once the whole batch has been seen."""
        if not self._half_life:
            return np.ones(rows)
        return 0.5 ** (np.arange(rows - 1, -1, -1) / self._half_life)
