"""The machines that a training job runs on."""

from __future__ import annotations

from .errors import UnsupportedOnLaptopError
from .opt_ml import OptMl


def only_host(opt_ml: OptMl) -> str:
    """The name of the one host. Raises UnsupportedOnLaptopError where there are several."""
    hosts = opt_ml.optional_config("resourceconfig").get("hosts", ["algo-1"])
    if len(hosts) > 1:
        raise UnsupportedOnLaptopError(f"Training on {len(hosts)} instances", "Use one instance.")
    return hosts[0]
