"""The principal components, from a summary that mini-batches add up to, as AWS describes both of
its modes: the scatter matrix, or a random sketch of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import linalg


@dataclass(frozen=True)
class Components:
    """What a model consists of, by the names that AWS's model file has."""

    #: (1, features): what is subtracted from each row; zeros where nothing is.
    mean: np.ndarray
    #: (features, num_components): a component a column, the smallest singular value first.
    v: np.ndarray
    #: (num_components,): singular values of the (centered) rows, ascending.
    s: np.ndarray

    def project(self, rows: np.ndarray) -> np.ndarray:
        """(rows, features) to (rows, num_components), the largest component last."""
        return (rows - self.mean) @ self.v


def regular_components(
    batches: Iterable[np.ndarray], num_components: int, subtract_mean: bool
) -> Components:
    """From the sums of x and of the outer products of x, of batches of shape (rows, features)."""
    scatter: np.ndarray | None = None
    for batch in batches:
        if scatter is None:
            width = batch.shape[1]
            scatter, total, rows = np.zeros((width, width)), np.zeros(width), 0
            # The scatter about the mean is the same from any origin; from one amid the rows, less
            # of it cancels out.
            origin = batch.mean(axis=0) if subtract_mean else np.zeros(width)
        moved = batch - origin
        scatter += moved.T @ moved
        total += moved.sum(axis=0)
        rows += len(batch)
    assert scatter is not None, "at least one batch"
    mean = np.zeros_like(origin)
    if subtract_mean:
        scatter -= np.outer(total, total) / rows
        mean = origin + total / rows
    width = len(scatter)
    values, vectors = linalg.eigh(scatter, subset_by_index=(width - num_components, width - 1))
    return Components(mean[None, :], _signed(vectors), np.sqrt(np.maximum(values, 0.0)))


def randomized_components(
    batches: Iterable[np.ndarray],
    num_components: int,
    extra_components: int,
    subtract_mean: bool,
    random: np.random.Generator,
) -> Components:
    """From a sketch: random signs times each batch, summed up."""
    height = num_components + extra_components
    sketch: np.ndarray | None = None
    for batch in batches:
        if sketch is None:
            width = batch.shape[1]
            sketch, total, rows = np.zeros((height, width)), np.zeros(width), 0
            sign_total = np.zeros(height)
            origin = batch.mean(axis=0) if subtract_mean else np.zeros(width)
        moved = batch - origin
        # Divided by the root of their number, so that singular values are those of the rows.
        signs = random.choice([-1.0, 1.0], (height, len(batch))) / np.sqrt(height)
        sketch += signs @ moved
        sign_total += signs.sum(axis=1)
        total += moved.sum(axis=0)
        rows += len(batch)
    assert sketch is not None, "at least one batch"
    mean = np.zeros_like(origin)
    if subtract_mean:
        sketch -= np.outer(sign_total, total) / rows
        mean = origin + total / rows
    _, values, vectors = np.linalg.svd(sketch, full_matrices=False)
    ascending = slice(num_components - 1, None, -1)
    return Components(
        mean[None, :], _signed(vectors[ascending].T), values[:num_components][::-1].copy()
    )


def _signed(vectors: np.ndarray) -> np.ndarray:
    """Each column turned so that its entry of largest size is positive: either sign is right, this
    one is the same on every machine. Which one AWS returns is not known.
    """
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    return vectors * np.where(signs == 0, 1.0, signs)
