"""Which center each point is nearest to, and how far that is."""

from __future__ import annotations

import numpy as np
from sklearn.metrics.pairwise import euclidean_distances

#: Cells of the matrix of distances that is in memory at once: 64 MB.
_CELLS_AT_ONCE = 8_000_000


def nearest_centers(points: np.ndarray, centers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Index of the nearest center and squared Euclidean distance to it, each of shape (rows,).

    `points`: (rows, features); `centers`: (k, features). The lowest index wins a tie.
    """
    closest = np.empty(len(points), dtype=np.intp)
    squared = np.empty(len(points))
    # Distances are the same from any origin; from one amid the centers, less cancels out.
    origin = centers.mean(axis=0)
    rows_at_once = max(1, _CELLS_AT_ONCE // len(centers))
    for start in range(0, len(points), rows_at_once):
        rows = points[start : start + rows_at_once]
        chosen = euclidean_distances(rows - origin, centers - origin, squared=True).argmin(axis=1)
        closest[start : start + len(rows)] = chosen
        # Anew from the differences: the expanded square loses digits.
        squared[start : start + len(rows)] = np.square(rows - centers[chosen]).sum(axis=1)
    return closest, squared
