"""Serving beyond the recorded cases: the quick ways must say what the slow ways say."""

import json
import pickle

import numpy as np
import pytest
import xgboost as xgb
from xgboost_container.model_files import LoadedModel, load_models, save_model
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


def test_writes_the_same_json_as_the_model_s_numbers(workers):
    server = workers.server(workers.trained("train/rich_binary").base / "model", {})
    headers = {"Content-Type": "text/csv", "Accept": "application/json; charset=utf-8"}

    _, content_type, body = server.request("POST", "/invocations", headers, b"2,21\n1,10")

    assert content_type == "application/json"
    assert [row["score"] for row in json.loads(body)["predictions"]] == [
        0.6867498755455017,
        0.3132500946521759,
    ]
