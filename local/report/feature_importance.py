"""Prints how much each feature adds to a trained XGBoost model, as JSON: {"f12": gain, ...}."""

import json
import sys
import tarfile

import xgboost


def main(archive: str) -> None:
    with tarfile.open(archive) as tar:
        member = tar.extractfile("xgboost-model")
        if member is None:
            raise SystemExit(f"{archive} holds no xgboost-model")
        booster = xgboost.Booster(model_file=bytearray(member.read()))
    print(json.dumps(booster.get_score(importance_type="gain")))


if __name__ == "__main__":
    main(sys.argv[1])
