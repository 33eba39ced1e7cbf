"""The recorded cases of AWS's container: what it was given and what it did."""

import json
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"

_recorded = json.loads((FIXTURES / "xgboost-container-cases.json").read_text(encoding="utf-8"))

CASES = {case["id"]: case for case in _recorded["cases"]}

#: Training jobs whose models are served: recorded ones, and a few more that the serving cases name.
TRAINING_JOBS = {
    **_recorded["models"],
    **{case_id: case["given"] for case_id, case in CASES.items() if case_id.startswith("train/")},
}

#: Cases that this container answers otherwise, and why.
NOT_MATCHED = {
    "train/pipe_mode_csv": "recorded on a newer container only; 3.0-5 reads pipes with a native "
    "library that is not to be had, so Pipe mode is refused by name here",
}
