"""Which pairs an epoch trains on, and in which batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .pairs import Pairs

#: The class of a sampled pair: the two are not related.
_NEGATIVE = 0


@dataclass(frozen=True)
class Batches:
    """Batches of one shape. Rows, labels and weights are [batches, batch size]; a weight of 0 marks
    a place that no pair fills.
    """

    rows: tuple[np.ndarray, np.ndarray]
    labels: np.ndarray
    weights: np.ndarray
    #: Length of the sequences of each side, with padding.
    lengths: tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """How epochs are made of the pairs that were read."""

    pairs: Pairs
    batch_size: int
    #: Sequences in a batch differ by less than this in length; 0: by any length.
    bucket_width: int
    #: Sampled pairs for each pair of a class other than 0.
    negative_sampling_rate: int

    def epoch(self, random: np.random.Generator) -> Iterator[Batches]:
        """Every pair once, in a new order, with newly sampled pairs among them."""
        first, second, labels = self._sampled(random)
        order = random.permutation(len(labels))
        first, second, labels = first[order], second[order], labels[order]
        batch_size = min(self.batch_size, len(labels))
        if self.bucket_width == 0:
            yield _batches(first, second, labels, batch_size, self._longest())
            return
        single: list[Batches] = []
        buckets = self._buckets(first, second)
        for bucket in np.unique(buckets, axis=0):
            here = np.flatnonzero((buckets == bucket).all(1))
            length0, length1 = (
                _padded_length(int(number + 1) * self.bucket_width, most)
                for number, most in zip(bucket, self._longest(), strict=True)
            )
            for start in range(0, len(here), batch_size):
                rows = here[start : start + batch_size]
                sides = (first[rows], second[rows])
                single.append(_batches(*sides, labels[rows], batch_size, (length0, length1)))
        for place in random.permutation(len(single)):
            yield single[place]

    def _buckets(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Number of the bucket of either side's sequence, [pairs, 2]: lengths 1 to width are 0."""
        sides = zip(self.pairs.sides, (first, second), strict=True)
        return np.stack([(side.lengths[rows] - 1) // self.bucket_width for side, rows in sides], 1)

    def _longest(self) -> tuple[int, int]:
        first, second = (int(side.lengths.max()) for side in self.pairs.sides)
        return first, second

    def in_order(self) -> Batches:
        """Every pair once, as they were read."""
        rows = np.arange(len(self.pairs))
        size = min(self.batch_size, len(rows))
        return _batches(rows, rows, self.pairs.labels, size, self._longest())

    def _sampled(self, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows of the first side, rows of the second, labels."""
        rows, labels = np.arange(len(self.pairs)), self.pairs.labels
        if self.negative_sampling_rate == 0:
            return rows, rows, labels
        positive = np.repeat(np.flatnonzero(labels != _NEGATIVE), self.negative_sampling_rate)
        # Any pair's second side but its own.
        others = (positive + random.integers(1, max(len(rows), 2), len(positive))) % len(rows)
        return (
            np.concatenate([rows, positive]),
            np.concatenate([rows, others]),
            np.concatenate([labels, np.full(len(positive), _NEGATIVE, labels.dtype)]),
        )


def _batches(
    first: np.ndarray,
    second: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    lengths: tuple[int, int],
) -> Batches:
    count = -(-len(labels) // batch_size)
    missing = count * batch_size - len(labels)

    def shaped(values: np.ndarray) -> np.ndarray:
        return np.pad(values, (0, missing)).reshape(count, batch_size)

    weights = shaped(np.ones(len(labels), np.float32))
    rows = (shaped(first.astype(np.int32)), shaped(second.astype(np.int32)))
    return Batches(rows, shaped(labels), weights, lengths)


def _padded_length(length: int, longest: int) -> int:
    """A power of two, or the longest: each length costs a compilation."""
    return min(max(8, 1 << (length - 1).bit_length()), longest)
