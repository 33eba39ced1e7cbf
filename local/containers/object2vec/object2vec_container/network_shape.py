"""The whole network's shape: two encoders, how their vectors are compared, the layers above."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .encoder_layers import EncoderShape

SOFTMAX, REGRESSION = "softmax", "mean_squared_error"
#: How many times enc_dim each comparison is wide.
COMPARATORS = {"hadamard": 1, "concat": 2, "abs_diff": 1}


@dataclass(frozen=True)
class NetworkShape:
    encoders: tuple[EncoderShape, EncoderShape]
    vocab_sizes: tuple[int, int]
    max_seq_lens: tuple[int, int]
    #: Both encoders look their tokens up in one table.
    tied: bool
    comparators: tuple[str, ...]
    mlp_layers: int
    mlp_dim: int
    mlp_activation: str
    output_layer: str
    num_classes: int

    @property
    def outputs(self) -> int:
        """Numbers that the network gives for a pair."""
        return self.num_classes if self.output_layer == SOFTMAX else 1

    def table_of(self, side: int) -> str:
        """Name of the token table of encoder `side` (0 or 1)."""
        return "tokens0" if self.tied else f"tokens{side}"

    def tables(self) -> dict[str, tuple[int, int]]:
        return {
            self.table_of(side): (self.vocab_sizes[side], self.encoders[side].token_dim)
            for side in (0, 1)
        }

    def head(self) -> dict[str, tuple[int, ...]]:
        """Shapes of what lies above the comparators, in the order of the layers."""
        width = self.encoders[0].enc_dim * sum(COMPARATORS[name] for name in self.comparators)
        shapes: dict[str, tuple[int, ...]] = {}
        for layer in range(self.mlp_layers):
            shapes[f"mlp{layer}_weight"] = (width, self.mlp_dim)
            shapes[f"mlp{layer}_bias"] = (self.mlp_dim,)
            width = self.mlp_dim
        return {**shapes, "output_weight": (width, self.outputs), "output_bias": (self.outputs,)}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> NetworkShape:
        """Raises KeyError or TypeError where `content` is not what as_json gave."""
        pairs = {name: tuple(content[name]) for name in ("vocab_sizes", "max_seq_lens")}
        first, second = (EncoderShape(**encoder) for encoder in content["encoders"])
        comparators = tuple(content["comparators"])
        return cls(**{**content, **pairs, "encoders": (first, second), "comparators": comparators})
