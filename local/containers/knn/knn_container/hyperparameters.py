"""The hyperparameters of k-NN, as AWS documents them: all are honoured, but mini_batch_size tunes
only how rows are read, and after how many of the test channel a score is logged.
"""

from __future__ import annotations

from typing import Any

from sagemaker_contract.errors import UserError
from sagemaker_contract.hyperparameter_table import (
    Choice,
    Hyperparameter,
    Integer,
    IntegerChoice,
    read_hyperparameters,
)

from .dimension_reduction import FJLT, SIGN
from .neighbor_index import COSINE, INNER_PRODUCT, L2
from .prediction import CLASSIFIER, REGRESSOR

FLAT = "faiss.Flat"
INVERTED = "faiss.IVFFlat"
PRODUCT_QUANTIZED = "faiss.IVFPQ"

_SUBVECTORS = (1, 2, 3, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 96)

TABLE = (
    Hyperparameter("feature_dim", Integer(low=1), required=True),
    Hyperparameter("k", Integer(low=1), required=True),
    Hyperparameter("predictor_type", Choice((CLASSIFIER, REGRESSOR)), required=True),
    Hyperparameter("sample_size", Integer(low=1), required=True),
    Hyperparameter("dimension_reduction_target", Integer(low=1)),
    Hyperparameter("dimension_reduction_type", Choice((SIGN, FJLT))),
    Hyperparameter("faiss_index_ivf_nlists", Integer(low=1, words=("auto",)), "auto"),
    Hyperparameter("faiss_index_pq_m", IntegerChoice(_SUBVECTORS)),
    Hyperparameter("index_metric", Choice((L2, INNER_PRODUCT, COSINE)), L2),
    Hyperparameter("index_type", Choice((FLAT, INVERTED, PRODUCT_QUANTIZED)), FLAT),
    Hyperparameter("mini_batch_size", Integer(low=1), "5000"),
)


def parse(given: dict[str, Any]) -> dict[str, Any]:
    """Values by name. Raises UserError."""
    values = read_hyperparameters(TABLE, given)
    problems = [*_reduction_problems(values), *_index_problems(values, given)]
    if problems:
        raise UserError("Hyperparameters do not fit together. " + ". ".join(problems) + ".")
    return values


def _reduction_problems(values: dict[str, Any]) -> list[str]:
    kind, target = values["dimension_reduction_type"], values["dimension_reduction_target"]
    if kind is None:
        if target is None:
            return []
        return ["dimension_reduction_target is given: dimension_reduction_type must be too"]
    if target is None:
        return [f"dimension_reduction_type is {kind}: dimension_reduction_target must be given"]
    if target >= values["feature_dim"]:
        return [
            f"dimension_reduction_target: got {target}; "
            f"it must be less than feature_dim, {values['feature_dim']}"
        ]
    return []


def _index_problems(values: dict[str, Any], given: dict[str, Any]) -> list[str]:
    index, metric = values["index_type"], values["index_metric"]
    problems = []
    if values["k"] > values["sample_size"]:
        problems.append(
            f"k: got {values['k']}; it must be at most sample_size, {values['sample_size']}"
        )
    if index == FLAT and "faiss_index_ivf_nlists" in given:
        problems.append(f"faiss_index_ivf_nlists is for {INVERTED} and {PRODUCT_QUANTIZED} only")
    if index != PRODUCT_QUANTIZED and values["faiss_index_pq_m"] is not None:
        problems.append(f"faiss_index_pq_m is for index_type {PRODUCT_QUANTIZED} only")
    if index == PRODUCT_QUANTIZED and values["faiss_index_pq_m"] is None:
        problems.append(f"index_type is {index}: faiss_index_pq_m must be given")
    if index == PRODUCT_QUANTIZED and metric != L2:
        problems.append(f"index_type {index} has no index_metric {metric}: choose {L2}")
    return problems
