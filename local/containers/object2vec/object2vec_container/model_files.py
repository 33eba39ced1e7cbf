"""The model artifact: model.json (the network's shape) and weights.npz (its parameters).

The layout is the local container's own: AWS's container cannot load it, nor this one AWS's.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .network_shape import NetworkShape

_FORMAT = "object2vec-local-1"
_SHAPE, _WEIGHTS = "model.json", "weights.npz"


@dataclass(frozen=True)
class Model:
    shape: NetworkShape
    #: Groups encoder0, encoder1 and head, each a name -> array.
    parameters: dict[str, dict[str, np.ndarray]]
    #: Token tables by name, [vocab_size, token_dim].
    tables: dict[str, np.ndarray]


def save_model(model: Model, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"tables/{name}": table for name, table in model.tables.items()}
    for group, parameters in model.parameters.items():
        arrays |= {f"{group}/{name}": array for name, array in parameters.items()}
    np.savez(folder / _WEIGHTS, **arrays)
    content = {"format": _FORMAT, "network": model.shape.as_json()}
    (folder / _SHAPE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path) -> Model:
    """Raises RuntimeError where the folder does not hold a model of this container."""
    try:
        content = json.loads((folder / _SHAPE).read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError(f"its format is {content['format']}, not {_FORMAT}")
        shape = NetworkShape.from_json(content["network"])
        groups: dict[str, dict[str, np.ndarray]] = {}
        with np.load(folder / _WEIGHTS, allow_pickle=False) as arrays:
            for path in arrays.files:
                group, _, name = path.partition("/")
                groups.setdefault(group, {})[name] = arrays[path]
        tables = groups.pop("tables")
        _check(shape, groups, tables)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise RuntimeError(
            f"Model {folder.name} cannot be loaded: {error}. A model of AWS's container does not "
            "serve here; train one locally."
        ) from error
    return Model(shape, groups, tables)


def _check(
    shape: NetworkShape,
    groups: dict[str, dict[str, np.ndarray]],
    tables: dict[str, np.ndarray],
) -> None:
    expected = {
        "encoder0": shape.encoders[0].parameters(),
        "encoder1": shape.encoders[1].parameters(),
        "head": shape.head(),
        "tables": shape.tables(),
    }
    found = {
        group: {name: array.shape for name, array in arrays.items()}
        for group, arrays in {**groups, "tables": tables}.items()
    }
    if found != expected:
        raise ValueError(f"{_WEIGHTS} does not fit {_SHAPE}")
