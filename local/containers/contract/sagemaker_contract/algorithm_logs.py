"""Log lines that SageMaker reads metrics from, as its own algorithms write them."""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)


def log_quality(host: str, dataset: str, metric: str, value: float, better: str = "loss") -> None:
    """`better`: "loss" where less is better, "score" where more is"""
    logger.info("#quality_metric: host=%s, %s %s <%s>=%s", host, dataset, metric, better, value)


def log_progress(host: str, done: int, epochs: int) -> None:
    share = 100.0 * done / epochs
    logger.info("#progress_metric: host=%s, completed %s %% of epochs", host, share)
