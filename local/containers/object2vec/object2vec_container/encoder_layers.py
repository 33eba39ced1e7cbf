"""What an encoder is made of, by architecture: names and shapes of its parameters."""

from __future__ import annotations

from dataclasses import dataclass

POOLED, BILSTM, HCNN = "pooled_embedding", "bilstm", "hcnn"
ARCHITECTURES = (HCNN, BILSTM, POOLED)

#: Layers that `auto` stands for; an average has none.
AUTO_LAYERS = {HCNN: 4, BILSTM: 1, POOLED: 0}


@dataclass(frozen=True)
class EncoderShape:
    """An encoder of token vectors (length x token_dim) into one vector of enc_dim numbers."""

    network: str
    token_dim: int
    enc_dim: int
    layers: int
    filter_width: int

    def parts(self) -> list[int]:
        """How enc_dim is divided: among the layers' filters (hcnn), or among the directions forward
        and backward (bilstm).
        """
        count = self.layers if self.network == HCNN else 2
        return [self.enc_dim // count + (i < self.enc_dim % count) for i in range(count)]

    def parameters(self) -> dict[str, tuple[int, ...]]:
        """Shape of each parameter by name. Those that end in _bias start at zero."""
        if self.network == POOLED:
            return {"weight": (self.token_dim, self.enc_dim), "bias": (self.enc_dim,)}
        shapes: dict[str, tuple[int, ...]] = {}
        width = self.token_dim
        for layer in range(self.layers):
            if self.network == HCNN:
                filters = self.parts()[layer]
                shapes[f"layer{layer}_weight"] = (self.filter_width, width, filters)
                shapes[f"layer{layer}_bias"] = (filters,)
                width = filters
            else:
                for direction, hidden in zip(("forward", "backward"), self.parts(), strict=True):
                    name = f"layer{layer}_{direction}"
                    shapes[f"{name}_input_weight"] = (width, 4 * hidden)
                    shapes[f"{name}_hidden_weight"] = (hidden, 4 * hidden)
                    shapes[f"{name}_bias"] = (4 * hidden,)
                width = self.enc_dim
        return shapes
