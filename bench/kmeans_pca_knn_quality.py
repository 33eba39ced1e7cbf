"""The three containers' numeric cores beside scikit-learn's estimators, on data sets that
scikit-learn brings along: npm run bench -- kmeans-pca-knn-quality
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import numpy as np
from kmeans_container.clustering import cluster
from kmeans_container.hyperparameters import clustering_settings
from kmeans_container.hyperparameters import parse as parse_kmeans
from kmeans_container.nearest_centers import nearest_centers
from knn_container.hyperparameters import parse as parse_knn
from knn_container.model import train_model
from knn_container.prediction import CLASSIFIER, REGRESSOR, score
from pca_container.hyperparameters import parse as parse_pca
from pca_container.training_job import find_components
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.datasets import load_diabetes, load_digits, load_iris
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

DATASETS = {"iris": load_iris(), "digits": load_digits(), "diabetes": load_diabetes()}
CLUSTERS = {"iris": 3, "digits": 10, "diabetes": 5}
COMPONENTS = {"iris": 2, "digits": 10, "diabetes": 4}


def main() -> None:
    logging.disable()
    print("\n  K-Means: mean squared distance to the nearest center (less is better)")
    _header("container", "KMeans", "MiniBatchKMeans")
    for name, dataset in DATASETS.items():
        for changes in ({}, {"extra_center_factor": "1"}, {"init_method": "kmeans++"}):
            _kmeans(name, dataset.data, CLUSTERS[name], changes)
    print("\n  PCA: share of the variance that is explained (more is better)")
    _header("container", "PCA")
    for name, dataset in DATASETS.items():
        for changes in ({}, {"algorithm_mode": "randomized"}):
            _pca(name, dataset.data, COMPONENTS[name], changes)
    print("\n  k-NN, k = 5: accuracy (more is better), or mean squared error (less)")
    _header("container", "KNeighbors")
    for name, dataset in DATASETS.items():
        for changes in (
            {},
            {"index_metric": "COSINE"},
            {"index_type": "faiss.IVFFlat"},
            {"index_type": "faiss.IVFPQ", "faiss_index_pq_m": "4"},
        ):
            _knn(name, dataset.data, dataset.target, changes)


def _kmeans(name: str, rows: np.ndarray, k: int, changes: dict[str, str]) -> None:
    values = parse_kmeans({"k": str(k), "feature_dim": str(rows.shape[1]), **changes})
    settings = clustering_settings(values)
    centers, seconds = _timed(lambda: cluster(rows, settings, np.random.default_rng(0)).centers)
    exact = KMeans(k, n_init=10, random_state=0).fit(rows)
    batches = MiniBatchKMeans(k, random_state=0).fit(rows)
    figures = [
        nearest_centers(rows, found)[1].mean()
        for found in (centers, exact.cluster_centers_, batches.cluster_centers_)
    ]
    _line(name, changes, figures, seconds)


def _pca(name: str, rows: np.ndarray, count: int, changes: dict[str, str]) -> None:
    given = {"feature_dim": str(rows.shape[1]), "num_components": str(count)}
    values = parse_pca({**given, "mini_batch_size": "500", **changes})
    components, seconds = _timed(lambda: find_components(rows, values))
    explained = components.project(rows).var(axis=0).sum() / rows.var(axis=0).sum()
    reference = PCA(count).fit(rows).explained_variance_ratio_.sum()
    _line(name, changes, [explained, reference], seconds)


def _knn(name: str, rows: np.ndarray, labels: np.ndarray, changes: dict[str, str]) -> None:
    order = np.random.default_rng(0).permutation(len(rows))
    train, test = order[len(rows) // 4 :], order[: len(rows) // 4]
    kind = REGRESSOR if name == "diabetes" else CLASSIFIER
    values = parse_knn(
        {
            "feature_dim": str(rows.shape[1]),
            "k": "5",
            "predictor_type": kind,
            "sample_size": str(len(train)),
            **changes,
        }
    )
    if "faiss_index_pq_m" in changes and len(train) < 256:
        return  # Too few rows for the codes, which the container says by name.
    trained = labels[train].astype(float)
    model, seconds = _timed(lambda: train_model(rows[train], trained, values))
    reference = (KNeighborsRegressor if kind == REGRESSOR else KNeighborsClassifier)(
        5, metric="cosine" if changes.get("index_metric") == "COSINE" else "minkowski"
    ).fit(rows[train], labels[train])
    figures = [
        score(labels[test], predicted, kind)
        for predicted in (model.predict(rows[test]), reference.predict(rows[test]))
    ]
    _line(name, changes, figures, seconds)


def _timed(work: Callable[[], object]) -> tuple:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _header(*names: str) -> None:
    print(f"  {'':52}" + "".join(f"{name:>17}" for name in names))


def _line(name: str, changes: dict[str, str], figures: list[float], seconds: float) -> None:
    what = ", ".join([name, *(f"{key} {value}" for key, value in changes.items())])
    cells = "".join(f"{figure:17.4f}" for figure in figures)
    print(f"  {what:<52}{cells}   trained in {seconds * 1000:.0f} ms")


if __name__ == "__main__":
    main()
