"""The numeric core, against scikit-learn."""

import numpy as np
import pytest
from pca_container.components import randomized_components, regular_components
from sklearn.datasets import load_diabetes, load_digits, load_iris
from sklearn.decomposition import PCA


def batches(rows, size=40):
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def explained(components, rows):
    return components.project(rows).var(axis=0).sum() / rows.var(axis=0).sum()


@pytest.mark.parametrize(
    ("load", "count"), [(load_iris, 2), (load_iris, 4), (load_digits, 10), (load_diabetes, 5)]
)
def test_regular_is_scikit_learn_in_ascending_order(load, count):
    rows = load().data
    reference = PCA(count).fit(rows)

    found = regular_components(batches(rows), count, subtract_mean=True)

    assert found.s[::-1] == pytest.approx(reference.singular_values_)
    assert found.mean[0] == pytest.approx(reference.mean_)
    assert np.abs(found.v[:, ::-1].T) == pytest.approx(np.abs(reference.components_), abs=1e-8)
    assert np.abs(found.project(rows)[:, ::-1]) == pytest.approx(
        np.abs(reference.transform(rows)), abs=1e-8
    )


def test_the_size_of_batches_does_not_matter():
    rows = load_digits().data

    small, whole = (
        regular_components(batches(rows, size), 5, subtract_mean=True) for size in (7, 5000)
    )

    assert small.v == pytest.approx(whole.v)
    assert small.s == pytest.approx(whole.s)


def test_keeps_its_precision_far_from_the_origin():
    rows = load_iris().data
    near, far = (
        regular_components(batches(rows + shift), 4, subtract_mean=True) for shift in (0, 1e6)
    )

    assert far.s == pytest.approx(near.s, rel=1e-6)
    assert far.v == pytest.approx(near.v, abs=1e-5)


def test_without_subtracting_the_mean_components_are_of_the_rows_themselves():
    rows = load_iris().data
    _, values, vectors = np.linalg.svd(rows, full_matrices=False)

    found = regular_components(batches(rows), 2, subtract_mean=False)

    assert found.s[::-1] == pytest.approx(values[:2])
    assert np.abs(found.v[:, ::-1].T) == pytest.approx(np.abs(vectors[:2]))
    assert not found.mean.any()
    assert found.project(rows) == pytest.approx(rows @ found.v)


def test_the_largest_entry_of_each_component_is_positive():
    found = regular_components(batches(load_digits().data), 8, subtract_mean=True)

    largest = np.abs(found.v).argmax(axis=0)
    assert (found.v[largest, np.arange(8)] > 0).all()


def test_components_beyond_the_rank_are_zero_and_orthonormal():
    rows = np.outer(np.arange(6.0), [1.0, 2.0, 2.0])

    found = regular_components(batches(rows), 3, subtract_mean=True)

    assert found.s == pytest.approx([0, 0, np.sqrt(17.5) * 3], abs=1e-6)
    assert found.v.T @ found.v == pytest.approx(np.eye(3), abs=1e-9)


@pytest.mark.parametrize(("load", "count"), [(load_iris, 2), (load_digits, 10)])
def test_randomized_comes_nearer_with_extra_components(load, count):
    rows = load().data
    exact = explained(regular_components(batches(rows), count, subtract_mean=True), rows)

    few, many = (
        explained(
            randomized_components(
                batches(rows), count, extra, subtract_mean=True, random=np.random.default_rng(0)
            ),
            rows,
        )
        for extra in (0, 2000)
    )

    assert few < many <= exact + 1e-9
    assert many > 0.99 * exact


def test_randomized_singular_values_and_order_are_those_of_the_rows():
    rows = load_digits().data
    exact = regular_components(batches(rows), 5, subtract_mean=True)

    found = randomized_components(
        batches(rows), 5, 3000, subtract_mean=True, random=np.random.default_rng(0)
    )

    assert found.s == pytest.approx(exact.s, rel=0.05)
    assert (np.diff(found.s) > 0).all()
    assert found.v.shape == (64, 5)
    assert found.v.T @ found.v == pytest.approx(np.eye(5), abs=1e-9)
    assert found.mean == pytest.approx(exact.mean)


def test_randomized_without_the_mean():
    rows = load_iris().data
    exact = regular_components(batches(rows), 1, subtract_mean=False)

    found = randomized_components(
        batches(rows), 1, 10, subtract_mean=False, random=np.random.default_rng(0)
    )

    assert not found.mean.any()
    assert abs(float(found.v[:, 0] @ exact.v[:, 0])) > 0.99


def test_both_modes_center_rows_whose_batches_have_different_means():
    steps = np.repeat([0.0, 50.0, 100.0], 40)[:, None] * np.array([1.0, 0.0, 0.0])
    rows = np.random.default_rng(2).normal(size=(120, 3)) + steps + np.array([0.0, 0.0, 1000.0])
    reference = PCA(1).fit(rows)

    exact = regular_components(batches(rows), 1, subtract_mean=True)
    sketched = randomized_components(
        batches(rows), 1, 500, subtract_mean=True, random=np.random.default_rng(0)
    )

    assert exact.s == pytest.approx(reference.singular_values_)
    assert sketched.s == pytest.approx(reference.singular_values_, rel=0.1)
    assert sketched.mean == pytest.approx(exact.mean)
