"""Sequences of token ids of any length, held in one array."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Sequences:
    #: All sequences one after the other, int32.
    tokens: np.ndarray
    #: Where each begins; one more number than there are sequences.
    offsets: np.ndarray
    #: How many were longer than the encoder takes, and lost their ends.
    cut_short: int = 0

    @classmethod
    def of(cls, lists: list[list[int]]) -> Sequences:
        """Raises OverflowError where an id is beyond int64."""
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(tokens) for tokens in lists], out=offsets[1:])
        tokens = np.fromiter(chain.from_iterable(lists), np.int64, int(offsets[-1]))
        return cls(tokens, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.offsets)

    def within(self, vocab_size: int) -> bool:
        return bool((self.tokens >= 0).all() and (self.tokens < vocab_size).all())

    def cut(self, longest: int) -> Sequences:
        """The first `longest` tokens of each."""
        lengths = self.lengths
        too_long = lengths > longest
        if not too_long.any():
            return Sequences(self.tokens.astype(np.int32), self.offsets)
        place = np.arange(len(self.tokens)) - np.repeat(self.offsets[:-1], lengths)
        offsets = np.concatenate([[0], np.cumsum(np.minimum(lengths, longest))])
        return Sequences(
            self.tokens[place < longest].astype(np.int32), offsets, int(too_long.sum())
        )

    def padded(self) -> np.ndarray:
        """[sequences, longest], zeros after the ends."""
        lengths = self.lengths
        rows = np.zeros((len(self), int(lengths.max(initial=1))), np.int32)
        rows[np.arange(rows.shape[1]) < lengths[:, None]] = self.tokens
        return rows


def first_bad_token(tokens: Any, vocab_size: int, limit: str) -> str | None:
    """Why `tokens` is no sequence for an encoder, or None where it is one.

    `limit`: the hyperparameter that holds the vocabulary's size
    """
    if type(tokens) is not list:
        return "is not a list of token ids"
    if not tokens:
        return "is empty: an encoder needs at least one token"
    for place, token in enumerate(tokens):
        if type(token) is not int:
            return f"has {str(token)[:50]!r} at place {place}: token ids are integers"
        if not 0 <= token < vocab_size:
            return (
                f"has token id {token} at place {place}: ids go from 0 to {vocab_size - 1} "
                f"({limit} is {vocab_size})"
            )
    return None
