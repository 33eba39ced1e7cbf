"""The lines that SageMaker takes metrics from, in AWS's form; on standard output."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timezone

from .metrics import Metric


class LogLines:
    """`host`: name of this machine in the job, as algo-1"""

    def __init__(self, host: str) -> None:
        self._host = host

    def epoch_objective(self, epoch: int, channel: str, name: str, loss: float) -> None:
        self._metric(f"epoch={epoch}, {channel} {name} <loss>={loss}")

    def early_stopping(self, epoch: int, name: str, value: float) -> None:
        self.info(
            f"#early_stopping_criteria_metric: host={self._host}, epoch={epoch}, "
            f"criteria={name}, value={value}"
        )

    def progress(self, percent: int) -> None:
        self.info(f"#progress_metric: host={self._host}, completed {percent} % of epochs")

    def throughput(self, rows_per_second: float) -> None:
        self.info(
            f"#throughput_metric: host={self._host}, train throughput={rows_per_second} "
            "records/second"
        )

    def channel_scores(self, channel: str, metrics: Iterable[Metric]) -> None:
        metrics = list(metrics)
        for metric in metrics:
            self.info(f"#{channel}_score ({self._host}) : ('{metric.name}', {metric.value})")
        for metric in metrics:
            self._metric(f"{channel} {metric.name} <{metric.kind}>={metric.value}")

    def info(self, text: str) -> None:
        now = datetime.now(timezone.utc).strftime("%m/%d/%Y %H:%M:%S")
        print(f"[{now} INFO {threading.get_ident()}] {text}", flush=True)

    def _metric(self, text: str) -> None:
        self.info(f"#quality_metric: host={self._host}, {text}")
