import sys
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parents[3] / "local" / "containers" / "contract"),
    str(Path(__file__).parents[2] / "support"),
]
