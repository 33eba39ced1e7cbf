"""Training jobs and endpoints as processes, through the container contract."""

import json
import re

import numpy as np
import pytest
from algorithm_processes import LABELLED_CSV_CHANNEL, RECORDIO_CHANNEL, csv_of
from sagemaker_contract.record_writer import encode_record, encode_rows
from sklearn.datasets import load_diabetes, load_digits
from sklearn.neighbors import KNeighborsClassifier

ROWS = "0,0,0\n0,0,2\n1,10,10\n1,10,12\n2,0,9\n"
SMALL = {"feature_dim": "2", "k": "3", "predictor_type": "classifier", "sample_size": "10"}
SCORE = r"#quality_metric: host=\S+, test accuracy <score>=(\S+)"
MSE = r"#quality_metric: host=\S+, test mse <loss>=(\S+)"


def train(processes, files=None, channel=LABELLED_CSV_CHANNEL, **hyperparameters):
    return processes.train({**SMALL, **hyperparameters}, files or {"train/a.csv": ROWS}, channel)


def labels_of(job):
    return np.frombuffer((job.base / "model" / "model_algo-1.labels").read_bytes(), "<f4")


def metadata_of(job):
    return json.loads((job.base / "model" / "model_algo-1.json").read_text())


def digits_job(processes, **hyperparameters):
    features, labels = load_digits(return_X_y=True)
    table = np.column_stack([labels, features])
    return processes.train(
        {
            "feature_dim": "64",
            "k": "5",
            "predictor_type": "classifier",
            "sample_size": "2000",
            **hyperparameters,
        },
        {"train/a.csv": csv_of(table[::2]), "test/a.csv": csv_of(table[1::2])},
        LABELLED_CSV_CHANNEL,
    )


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        (LABELLED_CSV_CHANNEL, ROWS),
        ({**LABELLED_CSV_CHANNEL, "ContentType": "text/csv;label_size=1"}, ROWS),
        (
            RECORDIO_CHANNEL,
            encode_rows(np.array([[0, 0], [0, 2], [10, 10], [10, 12], [0, 9]]), [0, 0, 1, 1, 2]),
        ),
    ],
)
def test_writes_the_files_that_aws_writes(processes, channel, content):
    job = train(processes, {"train/a": content}, channel)

    assert job.exit == 0, job.log
    assert sorted(path.name for path in (job.base / "model").iterdir()) == [
        "model_algo-1",
        "model_algo-1.json",
        "model_algo-1.labels",
    ]
    assert labels_of(job).tolist() == [0, 0, 1, 1, 2]
    assert metadata_of(job) == {
        "k": 3,
        "predictor_type": "classifier",
        "dimension_reduction": None,
        "normalize": False,
        "version": "1.0",
        "feature_dim": 2,
    }


def test_scores_each_mini_batch_and_the_whole_channel(processes):
    files = {"train/a.csv": ROWS, "test/a.csv": "0,0,1\n2,0,0\n1,10,11\n"}

    job = train(processes, files, k="1", mini_batch_size="2")

    found = re.findall(r"#test_score \(algo-1\) : \('accuracy', (\S+)\)", job.log)
    assert found == ["0.5", "1.0"]
    assert float(re.search(SCORE, job.log)[1]) == pytest.approx(2 / 3)


def test_scores_a_regressor(processes):
    features, labels = load_diabetes(return_X_y=True)
    table = np.column_stack([labels, features])

    job = processes.train(
        {"feature_dim": "10", "k": "9", "predictor_type": "regressor", "sample_size": "1000"},
        {"train/a.csv": csv_of(table[100:]), "test/a.csv": csv_of(table[:100])},
        LABELLED_CSV_CHANNEL,
    )

    assert "('mse', " in job.log
    assert float(re.search(MSE, job.log)[1]) < labels[:100].var()


# `lost`: against scikit-learn's exact neighbors; libraries break ties between rows differently.
@pytest.mark.parametrize(
    ("hyperparameters", "lost"),
    [
        ({}, 0.002),
        ({"index_metric": "COSINE"}, 0.02),
        ({"index_type": "faiss.IVFFlat"}, 0.01),
        ({"index_type": "faiss.IVFFlat", "faiss_index_ivf_nlists": "100"}, 0.03),
        ({"index_type": "faiss.IVFPQ", "faiss_index_pq_m": "12"}, 0.03),
        ({"dimension_reduction_type": "sign", "dimension_reduction_target": "40"}, 0.04),
        ({"dimension_reduction_type": "fjlt", "dimension_reduction_target": "40"}, 0.04),
        ({"sample_size": "450"}, 0.04),
    ],
)
def test_every_index_and_reduction_trains_and_serves(processes, hyperparameters, lost):
    features, labels = load_digits(return_X_y=True)
    exact = KNeighborsClassifier(5).fit(features[::2], labels[::2])
    least = exact.score(features[1::2], labels[1::2]) - lost

    job = digits_job(processes, **hyperparameters)

    assert job.exit == 0, job.log
    accuracy = float(re.search(SCORE, job.log)[1])
    assert accuracy >= least
    _, _, answer = processes.serve(job.base).invoke("text/csv", csv_of(features[1::2]))
    served = [row["predicted_label"] for row in json.loads(answer)["predictions"]]
    assert np.mean(np.array(served) == labels[1::2]) == pytest.approx(accuracy, abs=0.003)


def test_product_quantizer_rounds_the_reduced_dimension_up(processes):
    job = digits_job(
        processes,
        index_type="faiss.IVFPQ",
        faiss_index_pq_m="12",
        dimension_reduction_type="sign",
        dimension_reduction_target="63",
    )

    reduction = metadata_of(job)["dimension_reduction"]
    assert (reduction["input_dim"], reduction["target_dim"]) == (64, 72)


def test_samples_as_many_rows_as_asked(processes):
    job = train(processes, sample_size="4")

    assert len(labels_of(job)) == 4
    assert "4 of 5 rows go into the index." in job.log


@pytest.mark.parametrize(
    ("files", "changes", "sentence"),
    [
        (None, {"feature_dim": "3"}, "got 2 features a row; feature_dim says 3"),
        (None, {"k": "6"}, "k: got 6; channel 'train' has 5 rows"),
        (
            None,
            {"index_type": "faiss.IVFFlat", "faiss_index_ivf_nlists": "6"},
            "faiss_index_ivf_nlists: got 6; there are 5 rows for as many lists.",
        ),
        (
            None,
            {"index_type": "faiss.IVFPQ", "faiss_index_pq_m": "1"},
            "needs at least 256 rows to learn its codes from, there are 5.",
        ),
        ({"train/a.csv": "0.5,1,2\n"}, {}, "Channel 'train', row 1: got label 0.5; with "),
        ({"train/a.csv": "-1,1,2\n"}, {}, "Channel 'train', row 1: got label -1.0; with "),
        (
            {"train/a.csv": ROWS, "test/a.csv": "1,1,2\n1.5,1,2\n"},
            {},
            "Channel 'test', row 2: got label 1.5",
        ),
        ({"train/a.csv": ""}, {}, "Channel 'train' is empty"),
        ({"train/a.csv": "1,2,x\n"}, {}, "row 1, column 3: got 'x', must be a finite number"),
        ({"train/a.csv": ROWS, "validation/a.csv": ROWS}, {}, "Channel 'validation' is fed, but"),
    ],
)
def test_tells_what_is_wrong(processes, files, changes, sentence):
    job = train(processes, files, **changes)

    assert job.exit == 2
    assert sentence in job.failure


@pytest.mark.parametrize(
    ("channel", "content", "sentence"),
    [
        (
            {**LABELLED_CSV_CHANNEL, "ContentType": "text/csv;label_size=0"},
            ROWS,
            "got label_size=0; it must be 1",
        ),
        (RECORDIO_CHANNEL, encode_rows(np.zeros((4, 2))), "records without labels"),
    ],
)
def test_refuses_rows_without_labels(processes, channel, content, sentence):
    job = train(processes, {"train/a": content}, channel)

    assert job.exit == 2
    assert sentence in job.failure


@pytest.fixture(scope="module")
def endpoint(processes):
    return processes.serve(train(processes).base)


PLAIN = b'{"predictions": [{"predicted_label": 0.0}, {"predicted_label": 1.0}]}'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", "0,0\n10,10\n"),
        (
            "application/json",
            '{"instances": [{"data": {"features": {"values": [0, 0]}}}, {"features": [10, 10]}]}',
        ),
        (
            "application/jsonlines",
            '{"features": [0, 0]}\n{"data": {"features": {"values": [10, 10]}}}\n',
        ),
        ("application/x-recordio-protobuf", encode_rows(np.array([[0, 0], [10, 10]]))),
    ],
)
def test_answers_every_content_type(endpoint, content_type, body):
    assert endpoint.invoke(content_type, body) == (200, "application/json", PLAIN)


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("application/json; verbose=false", PLAIN),
        (
            "application/json; verbose=true",
            b'{"predictions": [{"predicted_label": 0.0, "distances": [1.0, 1.0, 64.0], '
            b'"labels": [0.0, 0.0, 2.0]}]}',
        ),
        ("application/jsonlines", b'{"predicted_label": 0.0}\n'),
        (
            "application/jsonlines; verbose=true",
            b'{"predicted_label": 0.0, "distances": [1.0, 1.0, 64.0], "labels": [0.0, 0.0, 2.0]}\n',
        ),
        (
            "application/x-recordio-protobuf",
            encode_record(label={"predicted_label": np.array([0.0])}),
        ),
        (
            "application/x-recordio-protobuf; verbose=true",
            encode_record(
                label={
                    "predicted_label": np.array([0.0]),
                    "distances": np.array([1.0, 1.0, 64.0]),
                    "labels": np.array([0.0, 0.0, 2.0]),
                }
            ),
        ),
    ],
)
def test_answers_in_every_accepted_type(endpoint, accept, body):
    rows = "0,0\n10,10\n" if body == PLAIN else "0,1\n"

    status, content_type, answer = endpoint.invoke("text/csv", rows, accept)

    assert (status, answer) == (200, body)
    assert content_type == accept.split(";")[0]


@pytest.mark.parametrize(
    ("content_type", "body", "accept", "status", "sentence"),
    [
        ("text/csv", "1,2,3\n", None, 400, "got 3 features a row, the model was trained on 2"),
        ("text/csv", "1,2\n", "text/csv", 406, "Accept type text/csv is not supported."),
        ("text/plain", "1,2\n", None, 415, "Content type text/plain is not supported."),
    ],
)
def test_refuses_with_a_sentence(endpoint, content_type, body, accept, status, sentence):
    given, _, answer = endpoint.invoke(content_type, body, accept)

    assert given == status
    assert sentence in answer.decode()


def test_metadata_of_a_trained_model_can_be_changed(processes):
    job = train(processes)
    metadata = {**metadata_of(job), "k": 5, "predictor_type": "regressor"}
    (job.base / "model" / "model_algo-1.json").write_text(json.dumps(metadata))

    _, _, answer = processes.serve(job.base).invoke("text/csv", "0,0\n")

    assert json.loads(answer)["predictions"] == [{"predicted_label": pytest.approx(0.8)}]


def test_an_index_finds_fewer_than_k_and_says_so(processes):
    rows = csv_of([[n, n * 100] for n in range(10)])
    job = train(
        processes,
        {"train/a.csv": rows},
        feature_dim="1",
        k="8",
        index_type="faiss.IVFFlat",
        faiss_index_ivf_nlists="10",
    )

    accept = "application/json; verbose=true"
    _, _, answer = processes.serve(job.base).invoke("text/csv", "0\n", accept)

    (row,) = json.loads(answer)["predictions"]
    assert row["labels"] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert row["distances"] == [0.0, 1e4, 4e4, 9e4, 16e4]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model_algo-1.labels", b"\0" * 4),
        ("model_algo-1", b"no index"),
        ("model_algo-1.json", b'{"k": 6, "predictor_type": "classifier", "feature_dim": 2}'),
    ],
)
def test_does_not_listen_where_the_files_do_not_fit(processes, name, content):
    job = train(processes)
    (job.base / "model" / name).write_bytes(content)

    endpoint = processes.serve(job.base)

    assert endpoint.port is None
    assert endpoint.exit_code() == 3


def test_waits_on_standby_for_a_job_and_for_a_model(processes):
    base = processes.lay_out(SMALL, {"train/a.csv": ROWS}, {"train": LABELLED_CSV_CHANNEL})

    assert processes.answer_from_standby(base, "1,2\n") == 200
