"""Metrics of a channel, as log lines tell them:

    #quality_metric: host=algo-1, validation accuracy <score>=0.91

SageMaker has expressions of its own for AWS's container and does not publish them; the local cloud
reads channel validation or test, metric accuracy <score>, cross_entropy <loss> or
mean_squared_error <loss> from these lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sagemaker_contract.algorithm_logs import log_quality
from sagemaker_contract.errors import UserError

from .network_shape import SOFTMAX
from .steps import Totals


@dataclass(frozen=True)
class Metrics:
    """`loss` is the cross entropy (natural logarithm) or the mean squared error."""

    loss: float
    #: Share of pairs whose likeliest class is their label; None in regression.
    accuracy: float | None

    @classmethod
    def of(cls, totals: Totals, output_layer: str) -> Metrics:
        pairs = float(totals.pairs)
        accuracy = float(totals.hits) / pairs if output_layer == SOFTMAX else None
        return cls(float(totals.loss) / pairs, accuracy)

    def report(self, host: str, channel: str) -> None:
        """Logs a line for each metric."""
        if self.accuracy is None:
            log_quality(host, channel, "mean_squared_error", self.loss)
            return
        log_quality(host, channel, "accuracy", self.accuracy, better="score")
        log_quality(host, channel, "cross_entropy", self.loss)


def check_finite(metrics: Metrics, epoch: int) -> None:
    """Raises UserError where training has run away."""
    if not math.isfinite(metrics.loss):
        raise UserError(
            f"Training diverged: the loss of epoch {epoch} is {metrics.loss}. Lower learning_rate, "
            "or weight_decay where it is above 1."
        )
