import pytest
from knn_container.hyperparameters import TABLE, parse
from sagemaker_contract.errors import UserError

REQUIRED = {"feature_dim": "20", "k": "3", "predictor_type": "classifier", "sample_size": "100"}


def test_defaults_are_those_of_aws():
    assert parse(REQUIRED) == {
        "feature_dim": 20,
        "k": 3,
        "predictor_type": "classifier",
        "sample_size": 100,
        "dimension_reduction_target": None,
        "dimension_reduction_type": None,
        "faiss_index_ivf_nlists": "auto",
        "faiss_index_pq_m": None,
        "index_metric": "L2",
        "index_type": "faiss.Flat",
        "mini_batch_size": 5000,
    }


@pytest.mark.parametrize(
    "given",
    [
        {"predictor_type": "regressor", "mini_batch_size": "7"},
        {"index_metric": "COSINE"},
        {"index_metric": "INNER_PRODUCT", "index_type": "faiss.IVFFlat"},
        {"index_type": "faiss.IVFFlat", "faiss_index_ivf_nlists": "12"},
        {"index_type": "faiss.IVFPQ", "faiss_index_pq_m": "96", "faiss_index_ivf_nlists": "auto"},
        {"dimension_reduction_type": "sign", "dimension_reduction_target": "19"},
        {"dimension_reduction_type": "fjlt", "dimension_reduction_target": "1"},
    ],
)
def test_takes_what_aws_takes(given):
    values = parse({**REQUIRED, **given})

    assert {name: str(values[name]) for name in given} == given
    assert set(values) == {row.name for row in TABLE}


@pytest.mark.parametrize("name", REQUIRED)
def test_misses_what_is_required(name):
    with pytest.raises(UserError, match=f"{name} is missing"):
        parse({other: text for other, text in REQUIRED.items() if other != name})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feature_dim", "0"),
        ("k", "0"),
        ("predictor_type", "classification"),
        ("sample_size", "all"),
        ("dimension_reduction_target", "0"),
        ("dimension_reduction_type", "pca"),
        ("faiss_index_ivf_nlists", "0"),
        ("faiss_index_pq_m", "5"),
        ("index_metric", "l2"),
        ("index_type", "faiss.HNSW"),
        ("mini_batch_size", "0"),
    ],
)
def test_refuses_by_name(name, text):
    with pytest.raises(UserError, match=f"{name}: got '{text}'; it must be "):
        parse({**REQUIRED, name: text})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"k": "101"}, "k: got 101; it must be at most sample_size, 100"),
        ({"dimension_reduction_type": "sign"}, "dimension_reduction_target must be given"),
        ({"dimension_reduction_target": "4"}, "dimension_reduction_type must be too"),
        (
            {"dimension_reduction_type": "fjlt", "dimension_reduction_target": "20"},
            "dimension_reduction_target: got 20; it must be less than feature_dim, 20",
        ),
        ({"faiss_index_ivf_nlists": "4"}, "faiss_index_ivf_nlists is for faiss.IVFFlat and"),
        ({"faiss_index_pq_m": "4"}, "faiss_index_pq_m is for index_type faiss.IVFPQ only"),
        ({"index_type": "faiss.IVFPQ"}, "faiss_index_pq_m must be given"),
        (
            {"index_type": "faiss.IVFPQ", "faiss_index_pq_m": "4", "index_metric": "COSINE"},
            "faiss.IVFPQ has no index_metric COSINE: choose L2",
        ),
        ({"n_neighbors": "3"}, "n_neighbors: there is no such hyperparameter"),
    ],
)
def test_refuses_what_does_not_fit_together(given, sentence):
    with pytest.raises(UserError) as error:
        parse({**REQUIRED, **given})

    assert sentence in str(error.value)
