"""How the threads of OpenMP libraries behave beside the other processes of the local cloud."""

import os


def calm_openmp() -> None:
    """To be called before a library that stands on OpenMP (XGBoost, scikit-learn) is imported:
    OpenMP reads its environment once, when it is loaded.

    Threads that spin while they wait take whole cores from the neighbours; on a busy machine that
    stalls all of them.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
