"""Training jobs and endpoints as processes, through the container contract."""

import json
import re

import numpy as np
import pytest
from algorithm_processes import (
    CSV_CHANNEL,
    RECORDIO_CHANNEL,
    csv_of,
)
from sagemaker_contract.ndarray_files import read_ndarrays, write_ndarrays
from sagemaker_contract.record_writer import encode_record, encode_rows
from sklearn.datasets import load_iris

# The form that SageMaker reads, as the catalogue of algorithms has it.
TEST_MSD = r"#quality_metric: host=\S+, test msd <loss>=(\S+)"
TEST_SSD = r"#quality_metric: host=\S+, test ssd <loss>=(\S+)"

TWO_GROUPS = "0,0\n0,2\n10,10\n10,12\n"
SMALL = {"k": "2", "feature_dim": "2", "init_method": "kmeans++", "extra_center_factor": "1"}


def train(processes, files=None, channel=CSV_CHANNEL, **hyperparameters):
    return processes.train(
        {**SMALL, **hyperparameters}, files or {"train/a.csv": TWO_GROUPS}, channel
    )


def centers_of(job):
    (centers,) = read_ndarrays((job.base / "model" / "model_algo-1").read_bytes())
    return centers


def test_trains_scores_and_logs_as_aws(processes):
    rows = load_iris().data
    job = processes.train(
        {"k": "3", "feature_dim": "4", "eval_metrics": '["msd", "ssd"]'},
        {
            "train/part-0": csv_of(rows[::2]),
            "train/_SUCCESS": "",
            "test/part-0": csv_of(rows[1::2]),
        },
    )

    assert job.exit == 0, job.log
    centers = centers_of(job)
    assert centers.shape == (3, 4)
    assert centers.dtype == np.float32
    squared = ((rows[1::2, None] - centers.astype(float)) ** 2).sum(axis=2).min(axis=1)
    assert float(re.search(TEST_MSD, job.log)[1]) == pytest.approx(squared.mean())
    assert float(re.search(TEST_SSD, job.log)[1]) == pytest.approx(squared.sum())
    assert re.search(r"#progress_metric: host=algo-1, completed 100.0 % of epochs", job.log)
    assert "shrinking 30 centers into 3" in job.log
    assert "local kmeans attempt #9." in job.log
    assert re.search(r"#quality_metric: host=algo-1, train msd <loss>=\S+", job.log)


def test_logs_the_metrics_asked_for_alone(processes):
    job = train(
        processes,
        {"train/a.csv": TWO_GROUPS, "test/a.csv": "0,1\n10,11\n10,14\n"},
        eval_metrics='["ssd"]',
    )

    assert re.search(TEST_SSD, job.log)[1] == "9.0"
    assert not re.search(TEST_MSD, job.log)


def test_default_metric_is_msd(processes):
    job = train(processes, {"train/a.csv": TWO_GROUPS, "test/a.csv": "0,1\n10,11\n10,14\n"})

    assert re.search(TEST_MSD, job.log)[1] == "3.0"


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        (CSV_CHANNEL, TWO_GROUPS),
        ({**CSV_CHANNEL, "ContentType": "text/csv"}, TWO_GROUPS),
        (
            {**CSV_CHANNEL, "ContentType": "text/csv;label_size=1"},
            "7,0,0\n7,0,2\n8,10,10\n8,10,12\n",
        ),
        (RECORDIO_CHANNEL, encode_rows(np.array([[0, 0], [0, 2], [10, 10], [10, 12]]))),
        (
            RECORDIO_CHANNEL,
            encode_rows(np.array([[0, 0], [0, 2], [10, 10], [10, 12]]), [7, 7, 8, 8]),
        ),
        ({**CSV_CHANNEL, "TrainingInputMode": "FastFile"}, TWO_GROUPS),
    ],
)
def test_reads_every_format(processes, channel, content):
    job = train(processes, {"train/a": content}, channel)

    assert job.exit == 0, job.log
    assert sorted(centers_of(job).tolist()) == [[0.0, 1.0], [10.0, 11.0]]


def test_says_that_aws_wants_label_size_0(processes):
    job = train(processes, channel={**CSV_CHANNEL, "ContentType": "text/csv"})

    assert "AWS asks for text/csv;label_size=0" in job.log


def test_trains_the_same_twice(processes):
    rows = {"train/a.csv": csv_of(load_iris().data)}

    first, second = (processes.train({"k": "3", "feature_dim": "4"}, rows) for _ in range(2))

    assert centers_of(first).tobytes() == centers_of(second).tobytes()


@pytest.mark.parametrize(
    ("files", "changes", "sentence"),
    [
        (None, {"feature_dim": "3"}, "Channel 'train', file a.csv: got 2 features a row; "),
        (None, {"k": "5"}, "Channel 'train' has 4 rows: 5 clusters (k) need as many."),
        (None, {"kk": "5"}, "kk: there is no such hyperparameter"),
        (None, {"mini_batch_size": "1"}, "mini_batch_size: got 1; it must be at least k, 2"),
        (None, {"eval_metrics": '["ssd"]'}, "there is no channel 'test' to compute them on"),
        ({"train/a.csv": ""}, {}, "Channel 'train' is empty"),
        ({"train/a.csv": "\n\n"}, {}, "Channel 'train' is empty"),
        (
            {"train/a.csv": "x,y\n1,2\n"},
            {},
            "file a.csv, row 1, column 1: got 'x', must be a finite",
        ),
        (
            {"train/a.csv": "1,2\n3,oops\n"},
            {},
            "row 2, column 2: got 'oops', must be a finite number",
        ),
        ({"train/a.csv": "1,2\n3,\n"}, {}, "row 2, column 2: got '', must be a finite number"),
        (
            {"train/a.csv": "1,2\n3,inf\n"},
            {},
            "row 2, column 2: got 'inf', must be a finite number",
        ),
        ({"train/a.csv": "1,2\n3,4,5\n"}, {}, "row 2: got 3 columns, must be 2"),
        ({"train/a.csv": b"\xff\xfe1,2\n"}, {}, "file a.csv, 'utf-8' codec"),
        (
            {"train/a.csv": TWO_GROUPS, "valid/a": "1,2\n"},
            {},
            "Channel 'valid' is fed, but nothing",
        ),
        ({"test/a.csv": TWO_GROUPS}, {}, "Channel 'train' is missing"),
        ({"train/a.csv": TWO_GROUPS, "test/a.csv": "1\n"}, {}, "Channel 'test', file a.csv: got 1"),
    ],
)
def test_tells_what_is_wrong(processes, files, changes, sentence):
    job = train(processes, files, **changes)

    assert job.exit == 2
    assert sentence in job.failure
    assert "Traceback" not in job.failure
    assert not (job.base / "model").exists()


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ({"ContentType": "text/libsvm"}, "got content type text/libsvm; it must be text/csv or "),
        ({"ContentType": None}, "got content type none; it must be text/csv or "),
        ({"ContentType": "text/csv;label_size=2"}, "got label_size=2; it must be 0 or 1"),
        (
            {"ContentType": "application/x-recordio-protobuf"},
            "no application/x-recordio-protobuf: ",
        ),
        (
            {"TrainingInputMode": "Pipe"},
            "TrainingInputMode Pipe of channel 'train' is not supported",
        ),
    ],
)
def test_refuses_channels_that_it_cannot_read(processes, channel, sentence):
    job = train(processes, channel={**CSV_CHANNEL, **channel})

    assert job.exit != 0
    assert sentence in job.failure


def test_refuses_several_instances(processes):
    job = processes.train(
        SMALL, {"train/a.csv": TWO_GROUPS}, resources={"hosts": ["algo-1", "algo-2"]}
    )

    assert "Training on 2 instances is not supported" in job.failure


@pytest.fixture(scope="module")
def endpoint(processes, tmp_path_factory):
    base = tmp_path_factory.mktemp("served")
    (base / "model").mkdir()
    model = write_ndarrays([np.array([[0.0, 0.0], [10.0, 10.0]])])
    (base / "model" / "model_algo-1").write_bytes(model)
    return processes.serve(base)


JSON_ANSWER = (
    b'{"predictions": [{"closest_cluster": 1.0, "distance_to_cluster": 5.0}, '
    b'{"closest_cluster": 0.0, "distance_to_cluster": 1.4142135381698608}]}'
)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", "13,14\n1,1\n"),
        ("text/csv; label_size=0", "13,14\n1,1"),
        ("text/csv;label_size=1", "9,13,14\n9,1,1"),
        ("application/json", '{"instances": [{"features": [13, 14]}, {"features": [1, 1]}]}'),
        (
            "application/json",
            '{"instances": [{"data": {"features": {"values": [13, 14]}}}, '
            '{"data": {"features": {"keys": [0, 1], "shape": [2], "values": [1, 1]}}}]}',
        ),
        ("application/jsonlines", '{"features": [13, 14]}\n{"data": {"features": [1, 1]}}\n'),
        ("application/x-recordio-protobuf", encode_rows(np.array([[13, 14], [1, 1]]))),
    ],
)
def test_answers_every_content_type(endpoint, content_type, body):
    assert endpoint.invoke(content_type, body) == (200, "application/json", JSON_ANSWER)


@pytest.mark.parametrize(
    ("accept", "content_type", "body"),
    [
        ("*/*", "application/json", JSON_ANSWER),
        (
            "application/jsonlines",
            "application/jsonlines",
            b'{"closest_cluster": 1.0, "distance_to_cluster": 5.0}\n'
            b'{"closest_cluster": 0.0, "distance_to_cluster": 1.4142135381698608}\n',
        ),
        ("text/csv", "text/csv", b"1.0,5.0\n0.0,1.4142135381698608\n"),
        (
            "application/x-recordio-protobuf",
            "application/x-recordio-protobuf",
            b"".join(
                encode_record(
                    label={
                        "closest_cluster": np.array([cluster]),
                        "distance_to_cluster": np.array([distance]),
                    }
                )
                for cluster, distance in ((1, 5), (0, 2**0.5))
            ),
        ),
    ],
)
def test_answers_in_every_accepted_type(endpoint, accept, content_type, body):
    status, answered, answer = endpoint.invoke("text/csv", "13,14\n1,1\n", accept)

    assert (status, answer) == (200, body)
    assert answered.split(";")[0] == content_type


@pytest.mark.parametrize(
    ("content_type", "body", "accept", "status", "sentence"),
    [
        ("text/csv", "1,2,3\n", None, 400, "got 3 features a row, the model was trained on 2"),
        ("text/csv", "1,x\n", None, 400, "row 1, column 2: got 'x', must be a finite number"),
        ("text/csv", "", None, 400, "The body is empty"),
        ("text/csv", "\n", None, 400, "there is no row in it"),
        ("application/json", "{", None, 400, "no JSON"),
        ("application/json", "[]", None, 400, 'it must be {"instances": [...]}'),
        ("application/json", '{"instances": [[1, 2]]}', None, 400, "instance 1: it must be"),
        (
            "application/json",
            '{"instances": [{"features": [1, "2"]}]}',
            None,
            400,
            'instance 1, feature 2: got "2", must be a number',
        ),
        (
            "application/json",
            '{"instances": [{"features": [1, 2]}, {"features": [1]}]}',
            None,
            400,
            "instance 2: got 1 features, must be 2 as in the first",
        ),
        ("application/x-recordio-protobuf", b"\0" * 12, None, 400, "magic number missing"),
        ("text/libsvm", "1 1:2", None, 415, "Content type text/libsvm is not supported."),
        ("text/csv", "1,2\n", "image/png", 406, "Accept type image/png is not supported."),
    ],
)
def test_refuses_with_a_sentence(endpoint, content_type, body, accept, status, sentence):
    given, _, answer = endpoint.invoke(content_type, body, accept)

    assert given == status
    assert sentence in answer.decode()


def test_is_healthy_and_says_how_to_call_it(endpoint):
    assert endpoint.request("GET", "/ping")[0] == 200
    status, _, body = endpoint.request("GET", "/execution-parameters")
    assert status == 200
    assert json.loads(body)["BatchStrategy"] == "MULTI_RECORD"


def test_serves_what_it_trained(processes):
    job = train(processes)

    _, _, answer = processes.serve(job.base).invoke("text/csv", "0,1\n0,2\n10,11\n")

    first, second, third = json.loads(answer)["predictions"]
    assert (first["distance_to_cluster"], second["distance_to_cluster"]) == (0.0, 1.0)
    assert first["closest_cluster"] == second["closest_cluster"] != third["closest_cluster"]


@pytest.mark.parametrize("model", [None, b"no model", write_ndarrays({"s": np.ones(3)})])
def test_does_not_listen_without_a_model(processes, tmp_path, model):
    (tmp_path / "model").mkdir()
    if model is not None:
        (tmp_path / "model" / "model_algo-1").write_bytes(model)

    endpoint = processes.serve(tmp_path)

    assert endpoint.port is None
    assert endpoint.exit_code() == 3


def test_waits_on_standby_for_a_job_and_for_a_model(processes):
    base = processes.lay_out(SMALL, {"train/a.csv": TWO_GROUPS}, {"train": CSV_CHANNEL})

    assert processes.answer_from_standby(base, "0,1\n") == 200
