"""The numeric core, against answers that are known and against scikit-learn."""

import numpy as np
import pytest
from kmeans_container.clustering import ClusteringSettings, cluster
from kmeans_container.initial_centers import initial_centers
from kmeans_container.lloyd import LloydSettings, reduce_centers, weighted_means
from kmeans_container.nearest_centers import nearest_centers
from kmeans_container.streaming_centers import StreamingCenters
from sklearn.cluster import KMeans
from sklearn.datasets import load_diabetes, load_digits, load_iris

LLOYD = LloydSettings("kmeans++", trials=10, max_iterations=300, tolerance=1e-4)


def settings(k, **changes):
    return ClusteringSettings(
        **{
            "k": k,
            "init_method": "random",
            "extra_center_factor": 10,
            "mini_batch_size": 5000,
            "epochs": 1,
            "half_life_time_size": 0,
            "local_lloyd": LLOYD,
            **changes,
        }
    )


def msd(points, centers):
    return nearest_centers(points, centers)[1].mean()


def test_nearest_center_is_exact_far_from_the_origin():
    centers = np.array([[1e8, 1e8], [1e8 + 3, 1e8 + 4]])

    closest, squared = nearest_centers(np.array([[1e8 + 3, 1e8 + 3]]), centers)

    assert closest.tolist() == [1]
    assert squared.tolist() == [1.0]


def test_a_batch_moves_centers_by_the_share_of_new_points():
    # The example of AWS's documentation: 100 points before and 25 after, a fifth of the way.
    streamed = StreamingCenters(np.array([[0.0], [1000.0]]))
    streamed.update(np.zeros((100, 1)))

    streamed.update(np.full((25, 1), 10.0))

    assert streamed.centers.ravel().tolist() == pytest.approx([2.0, 1000.0])
    assert streamed.weights.tolist() == [125.0, 0.0]


def test_first_points_of_a_center_replace_where_it_started():
    streamed = StreamingCenters(np.array([[5.0]]))

    streamed.update(np.array([[1.0], [2.0]]))

    assert streamed.centers.tolist() == [[1.5]]


def test_weight_is_halved_after_half_life_points():
    streamed = StreamingCenters(np.array([[0.0]]), half_life=2)
    streamed.update(np.array([[8.0]]))

    streamed.update(np.array([[0.0], [0.0]]))

    # Seen two points ago: weight 1/2; the others 2^-1/2 and 1.
    total = 0.5 + 0.5**0.5 + 1
    assert streamed.weights.tolist() == pytest.approx([total])
    assert streamed.centers.tolist() == [[pytest.approx(8.0 * 0.5 / total)]]


def test_weights_do_not_depend_on_how_points_fall_into_batches():
    points = np.random.default_rng(1).normal(size=(12, 1))
    whole, halves = (StreamingCenters(np.zeros((1, 1)), half_life=5) for _ in range(2))

    whole.update(points)
    halves.update(points[:7])
    halves.update(points[7:])

    assert halves.centers == pytest.approx(whole.centers)
    assert halves.weights == pytest.approx(whole.weights)


@pytest.mark.parametrize("method", ["random", "kmeans++"])
def test_initial_centers_are_different_rows(method):
    points = np.arange(20.0).reshape(10, 2)

    chosen = initial_centers(points, 10, method, np.random.default_rng(0))

    assert sorted(chosen.tolist()) == points.tolist()


def test_kmeans_plus_plus_chooses_one_of_each_far_group():
    points = np.array([[0.0]] * 50 + [[1000.0]] * 2 + [[2000.0]])

    found = [
        sorted(initial_centers(points, 3, "kmeans++", np.random.default_rng(seed)).ravel())
        for seed in range(20)
    ]

    assert found == [[0.0, 1000.0, 2000.0]] * 20


def test_kmeans_plus_plus_copes_with_copies():
    chosen = initial_centers(np.ones((4, 2)), 3, "kmeans++", np.random.default_rng(0))

    assert chosen.tolist() == [[1.0, 1.0]] * 3


def test_reduction_weighs_points():
    points = np.array([[0.0], [1.0], [10.0]])

    centers, value = reduce_centers(
        points, np.array([3.0, 1.0, 5.0]), 2, LLOYD, np.random.default_rng(0)
    )

    assert sorted(centers.ravel()) == [0.25, 10.0]
    assert value == pytest.approx((3 * 0.25**2 + 0.75**2) / 9)


def test_reduction_keeps_the_best_trial():
    points = load_iris().data
    trials = []

    _, value = reduce_centers(
        points,
        np.ones(len(points)),
        3,
        LloydSettings("random", 8, 300, 0.0),
        np.random.default_rng(3),
        lambda trial, found: trials.append(found),
    )

    assert len(trials) == 8
    assert value == min(trials)
    assert max(trials) > min(trials)


def test_a_center_without_points_takes_the_point_that_costs_most():
    # Both start on copies of 0: the second has no point. 10 is farther, 6 costs more by its weight.
    points = np.array([[0.0], [0.0], [6.0], [10.0]])
    closest = np.zeros(4, dtype=int)
    weights = np.array([1.0, 1.0, 5.0, 1.0])
    costs = weights * points.ravel() ** 2

    means = weighted_means(points, weights, closest, costs, np.zeros((2, 1)))

    assert means.tolist() == [[5.0], [6.0]]


@pytest.mark.parametrize(("limit", "tolerance"), [(1, 0.0), (300, 1.0)])
def test_reduction_stops_at_its_limit_and_its_tolerance(limit, tolerance):
    points = load_digits().data
    once = LloydSettings("random", 1, limit, tolerance)
    long = LloydSettings("random", 1, 300, 0.0)

    _, short_msd = reduce_centers(points, np.ones(len(points)), 10, once, np.random.default_rng(0))
    _, long_msd = reduce_centers(points, np.ones(len(points)), 10, long, np.random.default_rng(0))

    assert short_msd > long_msd * 1.05


def test_one_factor_skips_the_reduction():
    found = cluster(load_iris().data, settings(3, extra_center_factor=1), np.random.default_rng(0))

    assert found.centers.shape == (3, 4)
    assert found.reduction_msd is None


def test_more_centers_than_the_first_batch_are_cut_and_said(caplog):
    found = cluster(load_iris().data, settings(20, mini_batch_size=50), np.random.default_rng(0))

    assert found.centers.shape == (20, 4)
    assert "200 centers are wanted" in caplog.text
    assert "only 50 rows" in caplog.text


def test_fewer_different_points_than_clusters_still_give_k_centers():
    found = cluster(np.array([[1.0], [1.0], [2.0], [2.0]]), settings(4), np.random.default_rng(0))

    assert sorted(found.centers.ravel()) == [1.0, 1.0, 2.0, 2.0]


def test_later_epochs_move_centers():
    points = load_digits().data
    one, five = (
        cluster(
            points,
            settings(10, extra_center_factor=1, epochs=epochs, mini_batch_size=300),
            np.random.default_rng(0),
        )
        for epochs in (1, 5)
    )

    assert msd(points, five.centers) < msd(points, one.centers)


@pytest.mark.parametrize(("load", "k"), [(load_iris, 3), (load_digits, 10), (load_diabetes, 5)])
def test_is_within_8_percent_of_scikit_learn(load, k):
    points = load().data
    reference = KMeans(k, n_init=10, random_state=0).fit(points).inertia_ / len(points)

    found = cluster(points, settings(k), np.random.default_rng(0))

    assert reference * 0.999 <= msd(points, found.centers) <= reference * 1.08
