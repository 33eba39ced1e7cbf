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
        longest = tuple(int(side.lengths.max()) for side in self.pairs.sides)
        if self.bucket_width == 0:
            yield _batches(first, second, labels, batch_size, (longest[0], longest[1]))
            return
        buckets = np.stack(
            [
                np.minimum(_round_up(side.lengths[rows], self.bucket_width), most)
                for side, rows, most in zip(self.pairs.sides, (first, second), longest, strict=True)
            ],
            1,
        )
        shapes, bucket_of = np.unique(buckets, axis=0, return_inverse=True)
        single: list[Batches] = []
        for number, (length0, length1) in enumerate(shapes):
            here = np.flatnonzero(bucket_of.ravel() == number)
            for start in range(0, len(here), batch_size):
                rows = here[start : start + batch_size]
                single.append(
                    _batches(
                        first[rows],
                        second[rows],
                        labels[rows],
                        batch_size,
                        (int(length0), int(length1)),
                    )
                )
        for place in random.permutation(len(single)):
            yield single[place]

    def in_order(self) -> Batches:
        """Every pair once, as they were read."""
        rows = np.arange(len(self.pairs))
        size = min(self.batch_size, len(rows))
        longest = tuple(int(side.lengths.max()) for side in self.pairs.sides)
        return _batches(rows, rows, self.pairs.labels, size, (longest[0], longest[1]))

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


def _round_up(lengths: np.ndarray, width: int) -> np.ndarray:
    return -(-lengths // width) * width
