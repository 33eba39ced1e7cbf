"""Approximate indices: rows in lists by the nearest of some centroids, of which a query looks
through a few only; and rows stored as codes of a product quantizer.

scikit-learn's KMeans trains the quantizers here and FAISS's own on AWS: single neighbors may
differ, the kind of approximation is the same.
"""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics.pairwise import euclidean_distances

from .neighbor_index import COSINE, L2, smallest, unit_rows

#: Lists that a query looks through. AWS has no hyperparameter for it and publishes no number.
LISTS_PER_QUERY = 5
#: 8 bits a code.
CODES_PER_SUBVECTOR = 256
_SEED = 0


class InvertedIndex:
    """faiss.IVFFlat and, with rows that are what their codes stand for, faiss.IVFPQ."""

    def __init__(
        self, rows: np.ndarray, metric: str, centroids: np.ndarray, lists: np.ndarray
    ) -> None:
        """`rows`: (rows, features); `centroids`: (lists, features), none without rows; `lists`:
        (rows,), the number of each row's list.
        """
        self.rows = rows
        self.metric = metric
        self.centroids = centroids
        self.lists = lists
        self._members = [np.flatnonzero(lists == number) for number in range(len(centroids))]

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        if self.metric == COSINE:
            queries = unit_rows(queries)
        costs = np.full((len(queries), k), np.inf)
        found = np.full((len(queries), k), -1, dtype=np.intp)
        for query, lists in enumerate(self._nearest_lists(queries)):
            candidates = np.sort(np.concatenate([self._members[number] for number in lists]))
            values, columns = smallest(self._costs(queries[query], candidates)[None, :], k)
            costs[query, : values.shape[1]] = values[0]
            found[query, : values.shape[1]] = candidates[columns[0]]
        return (costs if self.metric == L2 else -costs), found

    def _nearest_lists(self, queries: np.ndarray) -> np.ndarray:
        if self.metric == L2:
            costs = euclidean_distances(queries, self.centroids, squared=True)
        else:
            costs = -queries @ self.centroids.T
        return smallest(costs, LISTS_PER_QUERY)[1]

    def _costs(self, query: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        rows = self.rows[candidates]
        return np.square(rows - query).sum(axis=1) if self.metric == L2 else -rows @ query


def train_inverted_index(rows: np.ndarray, metric: str, lists: int) -> InvertedIndex:
    """`rows`: (rows, features); `lists`: how many, at most the number of rows."""
    if metric == COSINE:
        rows = unit_rows(rows)
    return InvertedIndex(rows, metric, *_quantizer(rows, lists))


def train_product_quantized_index(rows: np.ndarray, lists: int, subvectors: int) -> InvertedIndex:
    """Keeps of each row, beside its list's centroid, what is left in `subvectors` parts, each as
    the nearest of 256 codes: Euclidean distances only, and only nearly right.

    `subvectors` divides the number of features; there are at least 256 rows.
    """
    centroids, numbers = _quantizer(rows, lists)
    decoded = centroids[numbers]
    left = rows - decoded
    width = rows.shape[1] // subvectors
    for part in range(subvectors):
        columns = slice(part * width, (part + 1) * width)
        codes, members = _quantizer(left[:, columns], CODES_PER_SUBVECTOR)
        decoded[:, columns] += codes[members]
    return InvertedIndex(decoded, L2, centroids, numbers)


def _quantizer(rows: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Centroids that rows are nearest to, and the number of each row's."""
    means = KMeans(count, init="random", n_init=1, max_iter=25, random_state=_SEED)
    with warnings.catch_warnings():
        # Fewer different rows than centroids: those that are left over are dropped below.
        warnings.simplefilter("ignore", ConvergenceWarning)
        members = means.fit_predict(rows)
    used, numbers = np.unique(members, return_inverse=True)
    return means.cluster_centers_[used], numbers
