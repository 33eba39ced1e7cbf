"""The numeric core, against answers that are known and against scikit-learn."""

import numpy as np
import pytest
from knn_container.dimension_reduction import DimensionReduction
from knn_container.inverted_index import train_inverted_index, train_product_quantized_index
from knn_container.neighbor_index import FlatIndex, smallest, unit_rows
from knn_container.prediction import predict, score
from knn_container.sampling import reservoir_sample
from sklearn.datasets import load_diabetes, load_digits
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestNeighbors

DIGITS = load_digits()
TRAIN = np.arange(len(DIGITS.data)) % 4 != 0


def accuracy(index, k=5):
    _, rows = index.search(DIGITS.data[~TRAIN], k)
    predicted = predict(DIGITS.target[TRAIN].astype(float)[rows], "classifier")
    return score(DIGITS.target[~TRAIN], predicted, "classifier")


def test_flat_index_finds_what_scikit_learn_finds():
    rows, queries = DIGITS.data[TRAIN], DIGITS.data[~TRAIN]
    reference = NearestNeighbors(n_neighbors=7, algorithm="brute").fit(rows)

    distances, _ = FlatIndex(rows, "L2").search(queries, 7)

    assert np.sqrt(distances) == pytest.approx(reference.kneighbors(queries)[0])


def test_flat_index_takes_the_largest_inner_products_and_cosines():
    rows = np.array([[1.0, 0.0], [10.0, 10.0], [0.0, 0.0], [3.0, 0.3]])
    query = np.array([[2.0, 0.0]])

    product = FlatIndex(rows, "INNER_PRODUCT").search(query, 2)
    cosine = FlatIndex(rows, "COSINE").search(query, 2)

    assert [product[0].tolist(), product[1].tolist()] == [[[20.0, 6.0]], [[1, 3]]]
    assert cosine[0] == pytest.approx(np.array([[1.0, 3 / np.hypot(3, 0.3)]]))
    assert cosine[1].tolist() == [[0, 3]]


def test_flat_index_is_exact_far_from_the_origin():
    rows = np.array([[1e8], [1e8 + 1], [1e8 + 5]])

    distances, found = FlatIndex(rows, "L2").search(np.array([[1e8 + 4]]), 2)

    assert found[0, 0] == 2
    assert distances[0].tolist() == [1.0, 9.0]


def test_flat_index_searches_in_parts(monkeypatch):
    rows, queries = DIGITS.data[TRAIN], DIGITS.data[~TRAIN]
    whole = FlatIndex(rows, "L2").search(queries, 3)
    monkeypatch.setattr("knn_container.neighbor_index._CELLS_AT_ONCE", 10_000)

    parts = FlatIndex(rows, "L2").search(queries, 3)

    assert parts[0].tolist() == whole[0].tolist()
    assert parts[1].tolist() == whole[1].tolist()


def test_ties_go_to_the_earlier_row():
    values, columns = smallest(np.array([[2.0, 1.0, 1.0, 2.0]]), 3)

    assert values.tolist() == [[1.0, 1.0, 2.0]]
    assert columns.tolist() == [[1, 2, 0]]


def test_rows_of_zeros_have_no_direction():
    assert unit_rows(np.array([[0.0, 0.0], [3.0, 4.0]])).tolist() == [[0, 0], [0.6, 0.8]]


def test_inverted_index_that_looks_through_all_lists_is_exact():
    rows, queries = DIGITS.data[TRAIN], DIGITS.data[~TRAIN]

    for metric in ("L2", "INNER_PRODUCT", "COSINE"):
        found = train_inverted_index(rows, metric, lists=5).search(queries, 4)
        exact = FlatIndex(rows, metric).search(queries, 4)
        assert found[0] == pytest.approx(exact[0]), metric


def test_inverted_index_misses_few_neighbors():
    rows, queries = DIGITS.data[TRAIN], DIGITS.data[~TRAIN]
    exact = FlatIndex(rows, "L2").search(queries, 5)[1]

    found = train_inverted_index(rows, "L2", lists=40).search(queries, 5)[1]

    shared = np.mean([len(set(a) & set(b)) / 5 for a, b in zip(exact, found, strict=True)])
    assert 0.9 < shared < 1


def test_inverted_index_marks_what_it_does_not_find():
    rows = np.arange(10.0)[:, None] * 100

    distances, found = train_inverted_index(rows, "L2", lists=10).search(np.array([[0.0]]), 8)

    assert found[0].tolist() == [0, 1, 2, 3, 4, -1, -1, -1]
    assert distances[0, 5:].tolist() == [np.inf] * 3


def test_inverted_index_copes_with_copies():
    index = train_inverted_index(np.ones((20, 2)), "L2", lists=4)

    assert index.search(np.ones((1, 2)), 3)[0].tolist() == [[0.0, 0.0, 0.0]]


def test_product_quantizer_is_nearly_right():
    rows = DIGITS.data[TRAIN]

    index = train_product_quantized_index(rows, lists=10, subvectors=8)

    error = np.square(index.rows - rows).sum(axis=1).mean()
    assert 0 < error < 0.1 * np.square(rows - rows.mean(axis=0)).sum(axis=1).mean()


def test_indices_classify_as_well_as_scikit_learn():
    rows = DIGITS.data[TRAIN]
    reference = KNeighborsClassifier(5).fit(rows, DIGITS.target[TRAIN])
    expected = reference.score(DIGITS.data[~TRAIN], DIGITS.target[~TRAIN])

    assert accuracy(FlatIndex(rows, "L2")) == expected
    assert accuracy(train_inverted_index(rows, "L2", 36)) > expected - 0.02
    assert accuracy(train_product_quantized_index(rows, 36, 16)) > expected - 0.02


def test_regression_is_that_of_scikit_learn():
    features, labels = load_diabetes(return_X_y=True)
    reference = KNeighborsRegressor(9).fit(features[100:], labels[100:])

    _, rows = FlatIndex(features[100:], "L2").search(features[:100], 9)

    assert predict(labels[100:][rows], "regressor") == pytest.approx(
        reference.predict(features[:100])
    )


@pytest.mark.parametrize("kind", ["sign", "fjlt"])
def test_reduction_nearly_keeps_distances_and_products(kind):
    rows = np.random.default_rng(5).normal(size=(60, 2000))
    reduced = DimensionReduction(kind, 2000, 500, seed=0)(rows)

    def distances(points):
        return np.linalg.norm(points[:30] - points[30:], axis=1)

    assert reduced.shape == (60, 500)
    assert distances(reduced) == pytest.approx(distances(rows), rel=0.2)
    assert np.square(reduced).sum(axis=1) == pytest.approx(np.square(rows).sum(axis=1), rel=0.3)


@pytest.mark.parametrize("kind", ["sign", "fjlt"])
def test_reduction_is_linear_and_decided_by_its_seed(kind):
    rows = np.random.default_rng(5).normal(size=(3, 16))
    first, again, other = (DimensionReduction(kind, 16, 4, seed) for seed in (1, 1, 2))

    assert first(rows).tolist() == again(rows).tolist()
    assert not np.allclose(first(rows), other(rows))
    assert first(rows[:1] + 2 * rows[1:2]) == pytest.approx(first(rows[:1]) + 2 * first(rows[1:2]))


def test_sign_is_the_scaled_sum_with_signs():
    reduced = DimensionReduction("sign", 3, 2, seed=0)(np.eye(3))

    assert np.abs(reduced) == pytest.approx(np.full((3, 2), 2**-0.5))


def test_fjlt_to_all_dimensions_keeps_lengths():
    rows = np.random.default_rng(0).normal(size=(4, 8))

    reduced = DimensionReduction("fjlt", 8, 8, seed=0)(rows)

    assert np.square(reduced).sum(axis=1) == pytest.approx(np.square(rows).sum(axis=1))


def test_sample_is_uniform():
    counts = np.zeros(10)
    for seed in range(2000):
        counts[reservoir_sample(10, 3, np.random.default_rng(seed))] += 1

    assert counts.sum() == 6000
    assert counts == pytest.approx(np.full(10, 600), rel=0.15)


@pytest.mark.parametrize(("rows", "size"), [(5, 5), (3, 5), (1, 1)])
def test_sample_of_few_rows_is_all_of_them(rows, size):
    assert reservoir_sample(rows, size, np.random.default_rng(0)).tolist() == list(range(rows))


def test_votes():
    labels = np.array([[2.0, 1.0, 2.0], [3.0, 1.0, 2.0], [5.0, np.nan, np.nan]])

    assert predict(labels, "classifier").tolist() == [2.0, 1.0, 5.0]
    assert predict(labels, "regressor") == pytest.approx([5 / 3, 2.0, 5.0])


def test_scores():
    labels, predictions = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 5.0])

    assert score(labels, predictions, "classifier") == pytest.approx(2 / 3)
    assert score(labels, predictions, "regressor") == pytest.approx(4 / 3)
