"""Predictions for dense rows without the checks that XGBoost's Python package makes for each call.

`Booster.inplace_predict` looks for pandas, cuDF, Polars and others every time; the C function below
it (XGBoosterPredictFromDense, part of XGBoost's public C interface) takes a quarter of the time for
one row.
"""

from __future__ import annotations

import ctypes
import json

import numpy as np
import xgboost as xgb
from xgboost.core import _LIB  # The loaded library; XGBoost's version is pinned.


class DensePredictor:
    """Gives what `Booster.predict` gives. Not for several threads at once."""

    def __init__(self, booster: xgb.Booster) -> None:
        self._booster = booster  # Keeps the handle alive.
        self._config = json.dumps(
            {
                "type": 0,
                "training": False,
                "iteration_begin": 0,
                "iteration_end": 0,
                "missing": float("nan"),
                "strict_shape": False,
                "cache_id": 0,
            }
        ).encode()
        self._shape = ctypes.POINTER(ctypes.c_uint64)()
        self._dimensions = ctypes.c_uint64()
        self._values = ctypes.POINTER(ctypes.c_float)()
        self._arguments = (
            self._config,
            ctypes.c_void_p(),
            ctypes.byref(self._shape),
            ctypes.byref(self._dimensions),
            ctypes.byref(self._values),
        )

    def predict(self, rows: np.ndarray) -> np.ndarray:
        """`rows`: C-contiguous float32, as wide as the model"""
        interface = b'{"data":[%d,true],"shape":[%d,%d],"typestr":"<f4","version":3}' % (
            rows.ctypes.data,
            *rows.shape,
        )
        if _LIB.XGBoosterPredictFromDense(self._booster.handle, interface, *self._arguments) != 0:
            raise RuntimeError(_LIB.XGBGetLastError().decode())
        shape = self._shape[: self._dimensions.value]
        # Copied: the memory is the library's, and the next call overwrites it.
        return np.ctypeslib.as_array(self._values, shape=tuple(shape)).copy()


def dense_predictor(booster: xgb.Booster) -> DensePredictor | None:
    """A predictor for the model, or None where it has none that agrees with `predict` (linear
    boosters).
    """
    width = booster.num_features()
    probe = np.random.default_rng(0).random((3, width), dtype=np.float32)
    predictor = DensePredictor(booster)
    try:
        same = np.array_equal(
            predictor.predict(probe), booster.predict(xgb.DMatrix(probe), validate_features=False)
        )
    except RuntimeError:
        return None
    return predictor if same else None
