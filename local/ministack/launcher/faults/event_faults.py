"""S3 events that come twice, late, or in another order: EventBridge promises none of it.

What is held here ends with the process, as no event of AWS does: only a fault holds any.
"""

import contextvars
import threading
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ministack.services import eventbridge

from launcher.faults.plan import plan
from launcher.patching import wrap


@dataclass
class Delivery:
    """One event on its way to one target, in the context (account, region) in which it came."""

    run: partial[None]
    scope: contextvars.Context = field(default_factory=contextvars.copy_context)

    def deliver(self) -> None:
        self.scope.run(self.run)


@dataclass
class Late:
    delivery: Delivery
    # Deliveries that it still waits for.
    remaining: int


class HeldEvents:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._late: list[Late] = []
        self._collected: list[Delivery] = []
        self._collecting = 0

    def deliver(self, delivery: Delivery) -> None:
        for due in self._due(delivery):
            due.deliver()

    def _due(self, delivery: Delivery) -> list[Delivery]:
        """What is delivered now, in this order."""
        with self._lock:
            if self._collecting == 0:
                collection = plan.striking("events-out-of-order")
                self._collecting = int(collection.target) if collection else 0
            if self._collecting > 0:
                self._collected.append(delivery)
                self._collecting -= 1
                if self._collecting > 0:
                    return []
                collected, self._collected = self._collected, []
                return collected[::-1]
            late = plan.striking("event-late")
            if late is not None:
                self._late.append(Late(delivery, int(late.target)))
                return []
            twice = plan.striking("event-twice") is not None
            return [delivery, *([delivery] if twice else []), *self._released()]

    def _released(self) -> list[Delivery]:
        for late in self._late:
            late.remaining -= 1
        due = [late.delivery for late in self._late if late.remaining == 0]
        self._late = [late for late in self._late if late.remaining > 0]
        return due


def install() -> None:
    held = HeldEvents()
    wrap(
        eventbridge,
        "_invoke_target",
        "target event rule view",
        lambda invoke_target: _holding(invoke_target, held),
    )


def _holding(invoke_target: Any, held: HeldEvents) -> Any:
    def invoke(target: dict[str, Any], event: Any, rule: dict[str, Any], view: Any = None) -> None:
        if event.get("Source") == "aws.s3":
            held.deliver(Delivery(partial(invoke_target, target, event, rule, view)))
        else:
            invoke_target(target, event, rule, view)

    return invoke
