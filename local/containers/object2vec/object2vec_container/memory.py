"""Whether a network can be trained in this machine's memory: found out before, not by its end."""

from __future__ import annotations

import math
import os
from itertools import chain

from sagemaker_contract.errors import UserError

from .network_shape import NetworkShape

_BYTES = 4
#: Of each number there are its value, its gradient and up to two memories of the optimiser.
_COPIES = 4


def physical_memory() -> int:
    """Bytes"""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def check_memory(network: NetworkShape, available: int) -> None:
    """`available`: bytes

    Raises UserError where training would take more.
    """
    groups = [network.tables(), network.head(), *(e.parameters() for e in network.encoders)]
    numbers = sum(map(math.prod, chain.from_iterable(group.values() for group in groups)))
    needed = numbers * _COPIES * _BYTES
    if needed > available:
        raise UserError(
            f"The network has {numbers:,} numbers, to train which takes {needed / 2**30:.1f} GiB; "
            f"this machine has {available / 2**30:.1f} GiB. Lower enc0_vocab_size, "
            "enc0_token_embedding_dim (and enc1's), enc_dim or mlp_dim, or train on AWS."
        )
