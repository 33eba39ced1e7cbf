"""Where SageMaker puts what a container reads, and looks for what it writes."""

import os
from pathlib import Path

# On AWS always /opt/ml; where nobody may write there, the variable names another folder.
BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))

HYPERPARAMETERS = BASE / "input" / "config" / "hyperparameters.json"
MODEL = BASE / "model" / "model.joblib"
FAILURE = BASE / "output" / "failure"


def channel(name: str) -> Path:
    """Folder of a channel's files in input mode File."""
    return BASE / "input" / "data" / name
