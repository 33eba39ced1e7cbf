"""Indices that find the nearest of the training rows, after those of FAISS that AWS names."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from sklearn.neighbors import NearestNeighbors

L2 = "L2"
INNER_PRODUCT = "INNER_PRODUCT"
COSINE = "COSINE"

#: Numbers that a search has in memory at once: 64 MB.
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
        if metric == L2:
            # Distances are the same from any origin; from one amid the rows, less cancels out.
            self._origin = self.rows.mean(axis=0)
            self._brute_force = NearestNeighbors(algorithm="brute", metric="sqeuclidean")
            self._brute_force.fit(self.rows - self._origin)

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        if self.metric == COSINE:
            queries = unit_rows(queries)
        widest = k * self.rows.shape[1] if self.metric == L2 else len(self.rows)
        at_once = max(1, _CELLS_AT_ONCE // widest)
        nearest = self._closest if self.metric == L2 else self._most_alike
        parts = [
            nearest(queries[start : start + at_once], k)
            for start in range(0, len(queries), at_once)
        ]
        distances, rows = (np.concatenate(part) for part in zip(*parts, strict=True))
        return distances, rows

    def _closest(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        found = self._brute_force.kneighbors(queries - self._origin, k, return_distance=False)
        found = np.sort(found, axis=1)
        # Anew from the differences: the expanded square loses digits.
        squared = np.square(queries[:, None, :] - self.rows[found]).sum(axis=2)
        distances, columns = smallest(squared, k)
        return distances, np.take_along_axis(found, columns, axis=1)

    def _most_alike(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
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
