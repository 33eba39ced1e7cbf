"""Serving beyond the recorded cases: the quick ways must say what the slow ways say."""

import json
import pickle
import struct

import numpy as np
import pytest
import xgboost as xgb
from jobs import binary_job
from xgboost_container.model_files import LoadedModel, load_models, save_model
from xgboost_container.recordio import decode_records
from xgboost_container.serve import decoders
from xgboost_container.serve.predictor import Predictor

RANDOM = np.random.default_rng(3)
FEATURES = RANDOM.random((400, 7), dtype=np.float32)
LABELS = (FEATURES[:, 0] * 3).astype(int)


def trained(objective, booster="gbtree", seed=0, **parameters):
    labels = LABELS % 2 if objective.startswith("binary") else LABELS
    parameters |= {"objective": objective, "booster": booster, "nthread": 1, "seed": seed}
    if objective.startswith("multi"):
        parameters["num_class"] = 3
    return xgb.train(parameters, xgb.DMatrix(FEATURES, labels), 8)


@pytest.mark.parametrize("booster", ["gbtree", "dart", "gblinear"])
@pytest.mark.parametrize(
    "objective",
    ["binary:logistic", "binary:hinge", "multi:softprob", "multi:softmax", "reg:squarederror"],
)
def test_predicts_rows_as_xgboost_does(objective, booster):
    model = trained(objective, booster)
    rows = FEATURES[:50].astype(np.float64)
    rows[3, 2] = np.nan

    predictions = Predictor([LoadedModel(model, pickled=False)]).predict(rows, "csv")

    np.testing.assert_array_equal(predictions, model.predict(xgb.DMatrix(rows)))


@pytest.mark.parametrize(
    "body",
    [
        b"1,2,3",
        b"1,2,3\n4,5,6\n",
        b"1.5e3,-2,3\r\n4,5,6\r\n",
        b"12345678901234567890123,2",
        b"-0,0.1",
    ],
)
def test_reads_plain_numbers_as_the_container_does(body):
    quick = decoders.decode_plain_csv(body)

    assert quick is not None
    np.testing.assert_array_equal(quick, decoders._decode_csv(body))


@pytest.mark.parametrize(
    "body",
    [b"1,,3", b"1;2", b"1", b"a,b", b"true,false", b"null,1", b"[1],2", b"1 2,3", b"+1,2", b".5,1"]
    + [
        b"01,2",
        b"1.,2",
        b"1_0,2",
        b"nan,1",
        b"1,2\n3",
        b'"1","2"',
        b"1,2\n\n3,4",
        b"1,2\n,\n",
        b"1e400,2",
    ],
)
def test_leaves_everything_else_to_the_container_s_way(body):
    assert decoders.decode_plain_csv(body) is None


def test_serves_unusual_numbers(workers):
    server = workers.server(workers.trained("train/rich_binary").base / "model", {})
    headers = {"Content-Type": "text/csv"}

    answers = {
        body: server.request("POST", "/invocations", headers, body)
        for body in (b"1_0,+21", b"inf,21", b"1e39,21", b"\xef\xbb\xbf2,21", b"2 21", b"2,21\r\n")
    }

    assert {body: status for body, (status, _, _) in answers.items()} == {
        b"1_0,+21": 200,
        b"inf,21": 415,
        b"1e39,21": 415,
        b"\xef\xbb\xbf2,21": 415,
        b"2 21": 200,
        b"2,21\r\n": 200,
    }
    assert "Input data contains `inf`" in answers[b"inf,21"][2]


def test_answers_chunked_bodies_and_heads(workers):
    server = workers.server(workers.trained("train/rich_binary").base / "model", {})

    assert server.request("HEAD", "/ping", {}, b"") == (200, "text/html; charset=utf-8", "")
    status, _, body = server.request_chunked("/invocations", [b"2,", b"21\n1,", b"10"])
    assert (status, body) == (200, "0.6867498755455017\n0.3132500946521759\n")


@pytest.mark.parametrize("objective", ["reg:squarederror", "multi:softmax"])
def test_several_models_answer_together(objective, tmp_path):
    boosters = [trained(objective, seed=seed, subsample=0.4, max_depth=2) for seed in range(3)]
    for number, booster in enumerate(boosters):
        save_model(booster, tmp_path, f"xgboost-model-{number}")
    each = np.stack([booster.predict(xgb.DMatrix(FEATURES)) for booster in boosters])

    together = Predictor(load_models(tmp_path, ensemble=True)).predict(FEATURES, "csv")
    first = Predictor(load_models(tmp_path, ensemble=False)).predict(FEATURES, "csv")

    if objective == "multi:softmax":
        votes = [np.bincount(column.astype(int)).argmax() for column in each.T]
        np.testing.assert_array_equal(together, votes)
    else:
        np.testing.assert_allclose(together, each.mean(axis=0))
    np.testing.assert_array_equal(first, each[0])


@pytest.mark.parametrize(("width", "fits"), [(7, True), (6, True), (5, False), (8, False)])
def test_checks_the_width_of_rows_for_pickled_models(width, fits, tmp_path):
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(trained("binary:logistic")))
    predictor = Predictor(load_models(tmp_path, ensemble=True))
    rows = np.ones((1, width))

    if fits:
        assert predictor.predict(rows, "csv").shape == (1,)
    else:
        with pytest.raises(ValueError, match=f"csv inference data {width} is not consistent"):
            predictor.predict(rows, "csv")


def field(number, content):
    return bytes([number << 3 | 2, len(content)]) + content


def record(values, label=None, keys=None, width=None):
    """One row in recordio-protobuf: a frame around features, and a label, as float32 tensors."""

    def entry(numbers, keys=None, width=None):
        tensor = field(1, struct.pack(f"<{len(numbers)}f", *numbers))
        tensor += field(2, bytes(keys)) if keys is not None else b""
        tensor += field(3, bytes([width])) if width is not None else b""
        return field(1, b"values") + field(2, field(2, tensor))

    message = field(1, entry(values, keys, width))
    message += field(2, entry([label])) if label is not None else b""
    return struct.pack("<II", 0xCED7230A, len(message)) + message + b"\0" * (-len(message) % 4)


def test_decodes_dense_and_sparse_records():
    dense, labels = decode_records(record([1, 2], 1) + record([3, 4], 0))
    sparse, none = decode_records(record([5], keys=[2], width=4) + record([6, 7], keys=[0, 3]))

    assert (dense.tolist(), labels.tolist()) == ([[1, 2], [3, 4]], [1, 0])
    assert sparse.toarray().tolist() == [[0, 0, 5, 0], [6, 0, 0, 7]]
    assert none is None


@pytest.mark.parametrize("content", [b"no record", record([1])[:-4], b"\x0a\x23\xd7\xce\x04\0\0\0"])
def test_refuses_what_is_no_recordio(content):
    with pytest.raises(ValueError, match="recordio|truncated"):
        decode_records(content)


def test_trains_on_and_serves_recordio(workers):
    rows = [(0, 1, 10), (1, 2, 20), (0, 1, 11), (1, 3, 22), (0, 2, 9), (1, 3, 25), (0, 1, 12)]
    content = b"".join(record(values, label) for label, *values in [*rows, (1, 2, 21)])
    channel = {"ContentType": "application/x-recordio-protobuf"}

    job = workers.train(binary_job({"train/t.rec": content}, channel))

    assert job.exit == 0, job.stderr
    assert "[1]\ttrain-logloss:0.55436" in job.stdout
    server = workers.server(job.base / "model", {})
    answer = server.request(
        "POST", "/invocations", {"Content-Type": "recordio-protobuf"}, record([2, 21])
    )
    assert answer == (200, "text/csv; charset=utf-8", "0.5744425058364868\n")


def test_trains_on_parquet_or_says_what_is_missing(workers, tmp_path):
    channel = {"ContentType": "application/x-parquet"}
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        job = workers.train(binary_job({"train/t.parquet": b"PAR1"}, channel))
        failure = (job.base / "output" / "failure").read_text()
        assert "Parquet without the package pyarrow is not supported" in failure
        return
    columns = {
        "label": [0, 1] * 4,
        "a": [1, 2, 1, 3, 2, 3, 1, 2],
        "b": [10, 20, 11, 22, 9, 25, 12, 21],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")

    job = workers.train(
        binary_job({"train/t.parquet": (tmp_path / "t.parquet").read_bytes()}, channel)
    )

    assert job.exit == 0, job.stderr
    assert "[1]\ttrain-logloss:0.55436" in job.stdout


def test_writes_the_same_json_as_the_model_s_numbers(workers):
    server = workers.server(workers.trained("train/rich_binary").base / "model", {})
    headers = {"Content-Type": "text/csv", "Accept": "application/json; charset=utf-8"}

    _, content_type, body = server.request("POST", "/invocations", headers, b"2,21\n1,10")

    assert content_type == "application/json"
    assert [row["score"] for row in json.loads(body)["predictions"]] == [
        0.6867498755455017,
        0.3132500946521759,
    ]
