"""The model, in the file that AWS's K-Means writes: one MXNet array without a name, (k, features).

A model that was trained on AWS can be served here, and the other way round.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sagemaker_contract.model_folder import MODEL_NAME, write_model_file
from sagemaker_contract.ndarray_files import read_ndarrays, write_ndarrays


def save_model(centers: np.ndarray, folder: Path) -> None:
    write_model_file(folder, MODEL_NAME, write_ndarrays([centers]))


def load_model(folder: Path) -> np.ndarray:
    """Centers, (k, features), float64. Raises OSError, ValueError."""
    arrays = read_ndarrays((folder / MODEL_NAME).read_bytes())
    if not isinstance(arrays, list) or len(arrays) != 1 or arrays[0].ndim != 2:
        raise ValueError(f"{MODEL_NAME} is no K-Means model: it must hold one table of centers")
    return arrays[0].astype(np.float64)
