"""A model: how rows are prepared, the index of the training rows, and their labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .dimension_reduction import DimensionReduction
from .hyperparameters import FLAT, PRODUCT_QUANTIZED
from .inverted_index import train_inverted_index, train_product_quantized_index
from .neighbor_index import FlatIndex, NeighborIndex
from .prediction import predict

#: Dimension reduction draws the same at each training; on AWS the seed is in the model's metadata.
_SEED = 0


@dataclass(frozen=True)
class Neighbors:
    """What a query found; each (queries, k), nearest first, NaN for what was not found."""

    distances: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Model:
    k: int
    predictor_type: str
    feature_dim: int
    reduction: DimensionReduction | None
    index: NeighborIndex
    #: Of the index's rows, (rows,).
    labels: np.ndarray

    def neighbors(self, features: np.ndarray) -> Neighbors:
        """`features`: (queries, feature_dim)"""
        queries = prepare(features, self.reduction, self.index.rows.shape[1])
        distances, rows = self.index.search(queries, self.k)
        missing = rows < 0
        labels = np.where(missing, np.nan, self.labels[rows])
        return Neighbors(np.where(missing, np.nan, distances), labels)

    def predict(self, features: np.ndarray) -> np.ndarray:
        """One label a row, (queries,)."""
        return predict(self.neighbors(features).labels, self.predictor_type)


def prepare(features: np.ndarray, reduction: DimensionReduction | None, width: int) -> np.ndarray:
    """(rows, feature_dim) to (rows, width): reduced, and padded with zeros."""
    rows = features if reduction is None else reduction(features)
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])))


def train_model(features: np.ndarray, labels: np.ndarray, values: dict[str, Any]) -> Model:
    """Of the sampled rows, (rows, features), at least k of them.

    `values`: as hyperparameters.parse gives them
    """
    width, reduction = _width(values), None
    if values["dimension_reduction_type"] is not None:
        reduction = DimensionReduction(
            values["dimension_reduction_type"], values["feature_dim"], width, _SEED
        )
    return Model(
        k=values["k"],
        predictor_type=values["predictor_type"],
        feature_dim=values["feature_dim"],
        reduction=reduction,
        index=_train_index(prepare(features, reduction, width), values),
        labels=labels,
    )


def _width(values: dict[str, Any]) -> int:
    """Of the index's rows: a multiple of faiss_index_pq_m, as FAISS needs and AWS rounds it."""
    width = values["dimension_reduction_target"] or values["feature_dim"]
    parts = values["faiss_index_pq_m"] or 1
    return -(-width // parts) * parts


def _train_index(rows: np.ndarray, values: dict[str, Any]) -> NeighborIndex:
    metric, kind = values["index_metric"], values["index_type"]
    if kind == FLAT:
        return FlatIndex(rows, metric)
    lists = values["faiss_index_ivf_nlists"]
    if lists == "auto":
        lists = min(math.isqrt(values["sample_size"]), len(rows))
    if kind == PRODUCT_QUANTIZED:
        return train_product_quantized_index(rows, lists, values["faiss_index_pq_m"])
    return train_inverted_index(rows, metric, lists)
