"""The model, in the file that AWS's PCA writes: MXNet arrays named `s`, `v` and `mean`.

A model that was trained on AWS can be served here, and the other way round.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sagemaker_contract.model_folder import MODEL_NAME, write_model_file
from sagemaker_contract.ndarray_files import read_ndarrays, write_ndarrays

from .components import Components


def save_model(components: Components, folder: Path) -> None:
    arrays = {"s": components.s, "v": components.v, "mean": components.mean}
    write_model_file(folder, MODEL_NAME, write_ndarrays(arrays))


def load_model(folder: Path) -> Components:
    """Raises OSError, ValueError."""
    arrays = read_ndarrays((folder / MODEL_NAME).read_bytes())
    if not isinstance(arrays, dict) or not {"s", "v"} <= set(arrays) or arrays["v"].ndim != 2:
        raise ValueError(f"{MODEL_NAME} is no PCA model: it must hold the arrays s and v")
    v = arrays["v"].astype(np.float64)
    mean = arrays.get("mean", np.zeros((1, len(v)))).astype(np.float64)
    return Components(mean.reshape(1, -1), v, arrays["s"].astype(np.float64))
