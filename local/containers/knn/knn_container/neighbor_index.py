"""Indices that find the nearest of the training rows, after those of FAISS that AWS names."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from sklearn.metrics.pairwise import euclidean_distances

L2 = "L2"
INNER_PRODUCT = "INNER_PRODUCT"
COSINE = "COSINE"

#: Cells of the matrix of distances that is in memory at once: 64 MB.
_CELLS_AT_ONCE = 8_000_000


class NeighborIndex(Protocol):
    #: (rows, features), as they are compared with queries
    rows: np.ndarray
    metric: str

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """For (queries, features) the k nearest rows, nearest first: distances and row numbers,
        each (queries, k).

        Distances are what FAISS gives: squared Euclidean with L2, inner products (the largest
        first) with INNER_PRODUCT, and with COSINE those of rows of length 1. Where an approximate
        index finds fewer, row numbers are -1 and distances infinite.
        """
        ...


class FlatIndex:
    """Compares with every row: exact."""

    def __init__(self, rows: np.ndarray, metric: str) -> None:
        self.rows = unit_rows(rows) if metric == COSINE else rows
        self.metric = metric

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        if self.metric == COSINE:
            queries = unit_rows(queries)
        at_once = max(1, _CELLS_AT_ONCE // max(len(self.rows), k * self.rows.shape[1]))
        parts = [
            self._nearest(queries[start : start + at_once], k)
            for start in range(0, len(queries), at_once)
        ]
        distances, rows = (np.concatenate(part) for part in zip(*parts, strict=True))
        return distances, rows

    def _nearest(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        if self.metric == L2:
            costs = euclidean_distances(queries, self.rows, squared=True)
            _, found = smallest(costs, k)
            # Anew from the differences: the expanded square loses digits far from the origin.
            return np.square(queries[:, None, :] - self.rows[found]).sum(axis=2), found
        costs, found = smallest(-queries @ self.rows.T, k)
        return -costs, found


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows, dtype=np.float64), where=lengths > 0)


def smallest(costs: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k smallest of each row, or all where there are fewer, ascending, and their columns; the
    lower column first in a tie.
    """
    if k < costs.shape[1]:
        columns = np.sort(np.argpartition(costs, k - 1, axis=1)[:, :k], axis=1)
    else:
        columns = np.broadcast_to(np.arange(costs.shape[1]), costs.shape)
    values = np.take_along_axis(costs, columns, axis=1)
    order = np.argsort(values, axis=1, kind="stable")
    return np.take_along_axis(values, order, axis=1), np.take_along_axis(columns, order, axis=1)
