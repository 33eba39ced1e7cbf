"""When training ends before its last epoch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EarlyStopping:
    """Ends after `patience` epochs in a row whose loss is not at least `tolerance` below the best
    before them.
    """

    patience: int
    tolerance: float
    _reference: float = float("inf")
    _waited: int = 0

    def should_stop(self, loss: float) -> bool:
        """To be asked after each epoch, with its loss."""
        if self._reference - loss >= self.tolerance:
            self._reference, self._waited = loss, 0
            return False
        self._waited += 1
        return self._waited >= self.patience
