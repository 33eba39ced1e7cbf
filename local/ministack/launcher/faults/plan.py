"""Which faults were asked for, and which of the calls that they count they strike."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger("launcher.faults")


@dataclass
class Fault:
    """As local/faults/fault.ts reads it."""

    name: str
    # What it aims at; "" where its menu entry has no target.
    target: str
    # The first call that it strikes, from 1, and how many in a row it strikes.
    first: int
    times: int
    calls: int = 0

    def count(self) -> bool:
        self.calls += 1
        return self.first <= self.calls < self.first + self.times

    @property
    def has_struck(self) -> bool:
        return self.calls >= self.first


class FaultPlan:
    """The launcher's share of the faults; calls come from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def replace(self, faults: list[dict[str, Any]]) -> list[str]:
        """Puts these faults in the place of those before; counting begins anew.

        Returns the names of those before that have struck.
        """
        with self._lock:
            struck = [fault.name for fault in self._faults if fault.has_struck]
            self._faults = [Fault(**fault) for fault in faults]
            return struck

    def striking(
        self, name: str, aims_here: Callable[[str], bool] = lambda _: True
    ) -> Fault | None:
        """The fault that strikes this call; to be asked once for each call that it could strike.

        `aims_here` is given the target of each fault of this name.
        """
        striking = None
        with self._lock:
            for fault in self._faults:
                if fault.name == name and aims_here(fault.target) and fault.count():
                    striking = fault
        if striking is not None:
            logger.warning("the fault %s strikes", name)
        return striking


plan = FaultPlan()
