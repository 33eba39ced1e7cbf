"""Random linear maps to fewer dimensions that nearly keep distances and inner products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft

SIGN = "sign"
FJLT = "fjlt"


@dataclass(frozen=True)
class DimensionReduction:
    """A map that its seed decides, so that serving draws again what training drew."""

    #: "sign": a matrix of random signs; "fjlt": random signs, a fast Fourier-like transform that
    #: spreads each row over all dimensions, and a sample of these (Ailon and Chazelle, 2009).
    kind: str
    input_dim: int
    target_dim: int
    seed: int

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """(rows, input_dim) to (rows, target_dim)."""
        random = np.random.default_rng(self.seed)
        if self.kind == SIGN:
            signs = random.choice([-1.0, 1.0], (self.input_dim, self.target_dim))
            return rows @ signs / np.sqrt(self.target_dim)
        signs = random.choice([-1.0, 1.0], self.input_dim)
        kept = random.choice(self.input_dim, self.target_dim, replace=self._widens())
        spread = fft.dct(rows * signs, norm="ortho", axis=1)
        return spread[:, kept] * np.sqrt(self.input_dim / self.target_dim)

    def _widens(self) -> bool:
        # The target may have been rounded up to a multiple of faiss_index_pq_m.
        return self.target_dim > self.input_dim
