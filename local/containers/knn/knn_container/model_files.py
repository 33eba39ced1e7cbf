"""The model's files, by AWS's names: the index, labels as raw float32, and metadata in JSON.

Labels and metadata are as on AWS; there the index is FAISS's own format, here an archive of NumPy
arrays, so that models do not travel between the two. As on AWS, `k` and `predictor_type` can be
changed in the metadata of a trained model.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from sagemaker_contract.model_folder import MODEL_NAME, write_model_file

from .dimension_reduction import DimensionReduction
from .inverted_index import InvertedIndex
from .model import Model
from .neighbor_index import COSINE, FlatIndex, NeighborIndex

_LABELS = f"{MODEL_NAME}.labels"
_METADATA = f"{MODEL_NAME}.json"


def save_model(model: Model, folder: Path) -> None:
    write_model_file(folder, _LABELS, model.labels.astype("<f4").tobytes())
    write_model_file(folder, _METADATA, json.dumps(_metadata(model)).encode())
    write_model_file(folder, MODEL_NAME, _index_bytes(model.index))


def load_model(folder: Path) -> Model:
    """Raises OSError, ValueError, KeyError."""
    metadata = json.loads((folder / _METADATA).read_text(encoding="utf-8"))
    labels = np.frombuffer((folder / _LABELS).read_bytes(), "<f4").astype(np.float64)
    index = _read_index(folder / MODEL_NAME)
    if len(labels) != len(index.rows):
        raise ValueError(f"{_LABELS} has {len(labels)} labels, the index {len(index.rows)} rows")
    if not 1 <= metadata["k"] <= len(labels):
        raise ValueError(f"{_METADATA}: got k {metadata['k']}, there are {len(labels)} rows")
    reduction = metadata.get("dimension_reduction")
    return Model(
        k=metadata["k"],
        predictor_type=metadata["predictor_type"],
        feature_dim=metadata["feature_dim"],
        reduction=None
        if reduction is None
        else DimensionReduction(
            reduction["type"], reduction["input_dim"], reduction["target_dim"], reduction["seed"]
        ),
        index=index,
        labels=labels,
    )


def _metadata(model: Model) -> dict[str, Any]:
    reduction = model.reduction
    return {
        "k": model.k,
        "predictor_type": model.predictor_type,
        "dimension_reduction": None
        if reduction is None
        else {
            "type": reduction.kind,
            "seed": reduction.seed,
            "target_dim": reduction.target_dim,
            "input_dim": reduction.input_dim,
        },
        "normalize": model.index.metric == COSINE,
        "version": "1.0",
        # Not among AWS's documented keys: without a reduction, padding hides the width of requests.
        "feature_dim": model.feature_dim,
    }


def _index_bytes(index: NeighborIndex) -> bytes:
    arrays = {"rows": index.rows.astype(np.float32), "metric": np.array(index.metric)}
    if isinstance(index, InvertedIndex):
        arrays["centroids"] = index.centroids.astype(np.float32)
        arrays["lists"] = index.lists
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def _read_index(path: Path) -> NeighborIndex:
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
        rows, metric = arrays["rows"].astype(np.float64), str(arrays["metric"])
        if "lists" not in arrays:
            return FlatIndex(rows, metric)
        return InvertedIndex(rows, metric, arrays["centroids"].astype(float), arrays["lists"])
