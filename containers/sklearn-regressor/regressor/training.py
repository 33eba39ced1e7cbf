"""Training: reads hyperparameters and channels, prints metrics, writes the model."""

import sys
import traceback

import numpy as np

from . import opt_ml
from .csv_rows import DataError, read_channel
from .hyperparameters import HyperparameterError, read_hyperparameters


def main() -> None:
    """Ends with 0, or with 1 and the reason in the file that SageMaker shows as FailureReason."""
    try:
        train()
    except Exception as error:
        known = isinstance(error, (DataError, HyperparameterError))
        reason = str(error) if known else f"{type(error).__name__}: {error}"
        if not known:
            traceback.print_exc()
        opt_ml.FAILURE.parent.mkdir(parents=True, exist_ok=True)
        opt_ml.FAILURE.write_text(reason)
        print(f"ERROR {reason}", file=sys.stderr)
        sys.exit(1)


def train() -> None:
    """Fits on channel `train`; the metric comes from channel `validation`."""
    hyperparameters = read_hyperparameters(opt_ml.HYPERPARAMETERS)
    features, labels = read_channel(opt_ml.channel("train"))
    unseen, truth = read_channel(opt_ml.channel("validation"))
    if unseen.shape[1] != features.shape[1]:
        raise DataError(
            f"channel train has {features.shape[1]} features, validation {unseen.shape[1]}"
        )
    # Takes a second: what is wrong with the input is told before.
    import joblib
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(**hyperparameters)
    model.fit(features, labels)
    print(f"train:rmse={rmse(model.predict(features), labels):.6g}")
    print(f"validation:rmse={rmse(model.predict(unseen), truth):.6g}")
    opt_ml.MODEL.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, opt_ml.MODEL)


def rmse(predicted: np.ndarray, truth: np.ndarray) -> float:
    """Root of the mean squared error, in the unit of the label."""
    return float(np.sqrt(np.mean((predicted - truth) ** 2)))
