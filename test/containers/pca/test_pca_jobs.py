"""Training jobs and endpoints as processes, through the container contract."""

import json
import re

import numpy as np
import pytest
from algorithm_processes import CSV_CHANNEL, RECORDIO_CHANNEL, csv_of
from pca_container.components import regular_components
from sagemaker_contract.ndarray_files import read_ndarrays, write_ndarrays
from sagemaker_contract.record_writer import encode_record, encode_rows
from sklearn.datasets import load_iris

IRIS = load_iris().data
GIVEN = {"feature_dim": "4", "num_components": "2", "mini_batch_size": "50"}


def model_of(job):
    return read_ndarrays((job.base / "model" / "model_algo-1").read_bytes())


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        (CSV_CHANNEL, csv_of(IRIS)),
        ({**CSV_CHANNEL, "ContentType": "text/csv"}, csv_of(IRIS)),
        (RECORDIO_CHANNEL, encode_rows(IRIS)),
    ],
)
def test_writes_the_arrays_that_aws_writes(processes, channel, content):
    job = processes.train(GIVEN, {"train/a": content}, channel)

    assert job.exit == 0, job.log
    model = model_of(job)
    exact = regular_components([IRIS], 2, subtract_mean=True)
    assert sorted(model) == ["mean", "s", "v"]
    assert [model[name].shape for name in ("mean", "s", "v")] == [(1, 4), (2,), (4, 2)]
    assert {array.dtype for array in model.values()} == {np.dtype("float32")}
    assert model["s"] == pytest.approx(exact.s, rel=1e-5)
    assert model["v"] == pytest.approx(exact.v, abs=1e-5)
    assert "Test data is not provided." in job.log
    assert "completed 100.0 % of epochs" in job.log


def test_randomized_mode_is_another_model_and_the_same_each_time(processes):
    files = {"train/a.csv": csv_of(IRIS)}
    regular = processes.train(GIVEN, files)
    first, second, wider = (
        processes.train({**GIVEN, "algorithm_mode": "randomized", **more}, files)
        for more in ({}, {}, {"extra_components": "500"})
    )

    v = model_of(regular)["v"]
    near, nearer = (abs((model_of(job)["v"] * v).sum(axis=0)) for job in (first, wider))
    assert model_of(first)["v"].tobytes() == model_of(second)["v"].tobytes()
    assert (near < 0.99999).any()
    assert (nearer > 0.99).all()


def test_without_subtract_mean_the_mean_is_zero(processes):
    job = processes.train({**GIVEN, "subtract_mean": "false"}, {"train/a.csv": csv_of(IRIS)})

    model = model_of(job)
    assert not model["mean"].any()
    assert model["s"][1] == pytest.approx(np.linalg.svd(IRIS)[1][0], rel=1e-5)


def test_scores_the_test_channel(processes):
    job = processes.train(
        {**GIVEN, "num_components": "4"},
        {"train/a.csv": csv_of(IRIS), "test/a.csv": csv_of(IRIS[:10])},
    )

    text = r"Mean squared distance of 10 test rows from their reconstruction: (\S+)"
    assert float(re.search(text, job.log)[1]) < 1e-20


@pytest.mark.parametrize(
    ("changes", "content", "sentence"),
    [
        ({"num_components": "5"}, csv_of(IRIS), "num_components: got 5; data with 4 features"),
        ({"feature_dim": "5"}, csv_of(IRIS), "got 4 features a row; feature_dim says 5"),
        ({"solver": "svd"}, csv_of(IRIS), "solver: there is no such hyperparameter"),
        ({}, "", "Channel 'train' is empty"),
        ({}, "1,2,3,four\n", "row 1, column 4: got 'four', must be a finite number"),
    ],
)
def test_tells_what_is_wrong(processes, changes, content, sentence):
    job = processes.train({**GIVEN, **changes}, {"train/a.csv": content})

    assert job.exit == 2
    assert sentence in job.failure


@pytest.fixture(scope="module")
def endpoint(processes, tmp_path_factory):
    base = tmp_path_factory.mktemp("served")
    (base / "model").mkdir()
    arrays = {
        "s": np.array([1.0, 2.0]),
        "v": np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]),
        "mean": np.array([[1.0, 1.0, 1.0]]),
    }
    (base / "model" / "model_algo-1").write_bytes(write_ndarrays(arrays))
    return processes.serve(base)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", "2.5,4,7\n1,1,1\n"),
        (
            "application/json",
            '{"instances": [{"features": [2.5, 4, 7]}, {"data": {"features": [1, 1, 1]}}]}',
        ),
        ("application/jsonlines", '{"features": [2.5, 4, 7]}\n{"features": [1, 1, 1]}'),
        ("application/x-recordio-protobuf", encode_rows(np.array([[2.5, 4, 7], [1, 1, 1]]))),
    ],
)
def test_answers_every_content_type(endpoint, content_type, body):
    assert endpoint.invoke(content_type, body) == (
        200,
        "application/json",
        b'{"projections": [{"projection": [3.0, 1.5]}, {"projection": [0.0, 0.0]}]}',
    )


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        (
            "application/jsonlines",
            b'{"projection": [3.0, 1.5]}\n{"projection": [0.0, 0.0]}\n',
        ),
        (
            "application/x-recordio-protobuf",
            encode_record(label={"projection": np.array([3.0, 1.5])})
            + encode_record(label={"projection": np.array([0.0, 0.0])}),
        ),
    ],
)
def test_answers_in_every_accepted_type(endpoint, accept, body):
    assert endpoint.invoke("text/csv", "2.5,4,7\n1,1,1\n", accept) == (200, accept, body)


@pytest.mark.parametrize(
    ("content_type", "body", "accept", "status", "sentence"),
    [
        ("text/csv", "1,2\n", None, 400, "got 2 features a row, the model was trained on 3"),
        ("text/csv", "1,2,3\n", "text/csv", 406, "Accept type text/csv is not supported."),
        ("image/png", b"\x89PNG", None, 415, "Content type image/png is not supported."),
    ],
)
def test_refuses_with_a_sentence(endpoint, content_type, body, accept, status, sentence):
    given, _, answer = endpoint.invoke(content_type, body, accept)

    assert given == status
    assert sentence in answer.decode()


def test_serves_what_it_trained(processes):
    job = processes.train(GIVEN, {"train/a.csv": csv_of(IRIS)})

    _, _, answer = processes.serve(job.base).invoke("text/csv", csv_of(IRIS[:5]))

    projections = [row["projection"] for row in json.loads(answer)["projections"]]
    exact = regular_components([IRIS], 2, subtract_mean=True).project(IRIS[:5])
    assert np.array(projections) == pytest.approx(exact, abs=1e-5)


def test_does_not_listen_for_a_model_of_another_algorithm(processes, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model_algo-1").write_bytes(write_ndarrays([np.ones((2, 2))]))

    endpoint = processes.serve(tmp_path)

    assert endpoint.port is None
    assert endpoint.exit_code() == 3


def test_waits_on_standby_for_a_job_and_for_a_model(processes):
    base = processes.lay_out(GIVEN, {"train/a.csv": csv_of(IRIS)}, {"train": CSV_CHANNEL})

    assert processes.answer_from_standby(base, "1,2,3,4\n") == 200
