"""Makes the models of test/fixtures/xgboost-models.tar.gz: what other XGBoost versions write.

Run once for each version, in an environment with that version, scikit-learn and joblib:

    python make_models.py FOLDER       # writes FOLDER/<version>/<kind>/<file>
    tar -C FOLDER --sort=name --mtime=@0 --owner=0 --group=0 -czf xgboost-models.tar.gz .
"""

import pickle
import sys
from pathlib import Path

import joblib
import numpy as np
import xgboost as xgb

ROWS = np.array(
    [[1, 10], [2, 20], [1, 11], [3, 22], [2, 9], [3, 25], [1, 12], [2, 21]], dtype=float
)
LABELS = np.array([0, 1, 0, 1, 0, 1, 0, 1])
PARAMETERS = {"objective": "binary:logistic", "max_depth": 6, "eta": 0.3}


def main(root: Path) -> None:
    booster = xgb.train(PARAMETERS, xgb.DMatrix(ROWS, LABELS), 2)
    named = xgb.train(PARAMETERS, xgb.DMatrix(ROWS, LABELS, feature_names=["a", "b"]), 2)
    estimator = xgb.XGBClassifier(n_estimators=2, max_depth=6, learning_rate=0.3).fit(ROWS, LABELS)
    version = root / xgb.__version__

    def file(kind: str, name: str = "xgboost-model") -> Path:
        path = version / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    named.save_model(file("feature_names"))
    booster.save_model(file("noext", "model"))
    for extension in ("json", "ubj"):
        path = file(extension, f"model.{extension}")
        booster.save_model(path)
        file(f"{extension}_as_xgboost-model").write_bytes(path.read_bytes())
    file("pickle").write_bytes(pickle.dumps(booster))
    file("pickle_pkl_name", "model.pkl").write_bytes(pickle.dumps(booster))
    joblib.dump(booster, file("joblib", "model.joblib"))
    path = file("sklearn_save_model", "model.json")
    estimator.save_model(path)
    file("pickle_sklearn").write_bytes(pickle.dumps(estimator))


main(Path(sys.argv[1]))
