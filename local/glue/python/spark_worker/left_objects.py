"""Objects that the processes of earlier runs held in Java, and nobody holds any more."""

from __future__ import annotations

import re
from typing import Any

from py4j.java_gateway import JavaObject
from py4j.protocol import GATEWAY_SERVER_OBJECT_ID


def release_left_objects(gateway: Any) -> int:
    """
    Lets Java collect what Python processes that have ended had of it: data frames with their plans,
    above all. Py4J keeps each object that it handed out until it is told otherwise, and a process
    that is ended tells nothing. Returns how many there were.

    To be called by a process that is the only one, before it holds anything itself.
    """
    # Objects are numbered as they are handed out: what is older than this one is not ours.
    newest = _number(gateway.jvm.java.lang.Object()._target_id)
    server = JavaObject(GATEWAY_SERVER_OBJECT_ID, gateway._gateway_client)
    bindings = server.getGateway().getBindings()
    kept = gateway.jvm.java.util.HashSet()
    # as one text: a call for each of hundreds of names takes longer
    for name in re.findall(r"\w+", bindings.keySet().toString()):
        if _number(name) >= newest:
            kept.add(name)
    before = bindings.size()
    bindings.keySet().retainAll(kept)
    return before - bindings.size()


def _number(name: str) -> float:
    """Infinite for names that are no numbered object's: the gateway's own."""
    match = re.fullmatch(r"o(\d+)", name)
    return int(match[1]) if match else float("inf")
