"""Training jobs and endpoints as processes, through the container contract."""

import json
import re

import numpy as np
import pytest
from algorithm_processes import LABELLED_CSV_CHANNEL, RECORDIO_CHANNEL, csv_of
from linear_learner_container.linear_model import LinearModel, load_model
from linear_learner_data import ROWS, binary_rows, multiclass_rows, regression_rows
from sagemaker_contract.record_writer import encode_rows
from sagemaker_contract.recordio import decode_records

#: Metrics that SageMaker reads from a job's log, by predictor type: line before `=`.
LINES = {
    "regressor": [r"mse_objective <loss>", r"mse <loss>", r"absolute_loss <loss>", r"rmse <loss>"],
    "binary_classifier": [
        r"binary_classification_cross_entropy_objective <loss>",
        r"binary_classification_accuracy <score>",
        r"binary_f_1.000 <score>",
        r"precision <score>",
        r"recall <score>",
        r"roc_auc_score <score>",
    ],
    "multiclass_classifier": [
        r"multiclass_cross_entropy_objective <loss>",
        r"multiclass_accuracy <score>",
        r"multiclass_top_k_accuracy_3 <score>",
        r"dcg <score>",
        r"macro_recall <score>",
        r"macro_precision <score>",
        r"macro_f_1.000 <score>",
    ],
}


def table(rows):
    return csv_of(np.column_stack([rows.labels, rows.features]))


def job(processes, predictor="regressor", files=None, channel=LABELLED_CSV_CHANNEL, **given):
    rows = ROWS[predictor]
    classes = {"num_classes": "3"} if predictor == "multiclass_classifier" else {}
    given = {"predictor_type": predictor, "mini_batch_size": "50", **classes, **given}
    files = files or {f"{name}/a.csv": table(rows(seed=seed)) for seed, name in enumerate(CHANNELS)}
    return processes.train(given, files, channel)


CHANNELS = ("train", "validation", "test")


def value(log, line):
    found = re.findall(rf"#quality_metric: host=\S+, {line}=(\S+)", log)
    assert found, line
    return float(found[-1])


@pytest.mark.parametrize("predictor", ROWS)
def test_logs_each_metric_in_the_form_that_sagemaker_reads(predictor, processes):
    trained = job(processes, predictor)

    assert trained.exit == 0, trained.log
    assert trained.failure is None
    for channel in ("validation", "test"):
        for line in LINES[predictor]:
            assert np.isfinite(value(trained.log, f"{channel} {line}"))
    objective = LINES[predictor][0]
    for channel in ("train", "validation"):
        assert value(trained.log, rf"epoch=0, {channel} {objective}") > 0
    assert not re.search(r"#quality_metric: host=\S+, train ", trained.log)
    assert re.search(r"#progress_metric: host=algo-1, completed 6 % of epochs", trained.log)
    assert re.search(
        r"#throughput_metric: host=\S+, train throughput=\d\S+ records/second", trained.log
    )
    assert re.search(r"\[\d\d/\d\d/\d{4} \d\d:\d\d:\d\d INFO \d+\] #quality_metric", trained.log)
    assert 'Best model found for hyperparameters: {"optimizer": "adam"' in trained.log


@pytest.mark.parametrize("predictor", ROWS)
def test_without_validation_data_the_training_data_are_scored(predictor, processes):
    trained = job(processes, predictor, {"train/a.csv": table(ROWS[predictor]())})

    assert trained.exit == 0, trained.log
    for line in LINES[predictor]:
        assert np.isfinite(value(trained.log, f"train {line}"))
    assert "Test data is not provided." in trained.log


def test_trains_on_recordio_as_on_csv(processes):
    rows = regression_rows()
    csv = job(processes, files={"train/a.csv": table(rows)})
    records = encode_rows(rows.features, rows.labels)

    recordio = job(processes, files={"train/a.rec": records}, channel=RECORDIO_CHANNEL)

    expected, model = (load_model(it.base / "model") for it in (csv, recordio))
    assert model.weights == pytest.approx(expected.weights, rel=1e-3)


def test_feature_dim_must_be_that_of_the_data(processes):
    assert job(processes, feature_dim="2").exit == 0

    failed = job(processes, feature_dim="3")

    assert failed.exit == 2
    assert "got 2 features a row; feature_dim says 3" in failed.failure


@pytest.mark.parametrize(
    ("predictor", "files", "message"),
    [
        ("binary_classifier", {"train/a.csv": "0,1\n2,1\n"}, "row 2: got label 2; .* 0 or 1"),
        ("multiclass_classifier", {"train/a.csv": "0,1\n1.5,1\n"}, "an integer from 0 to 2"),
        ("binary_classifier", {"train/a.csv": "1,1\n1,2\n"}, "every row has label 1"),
        ("regressor", {"train/a.csv": "label,x\n1,2\n"}, "header"),
        ("regressor", {"train/a.csv": "1,2\n1,\n"}, "row 2, column 2"),
        ("regressor", {"train/a.csv": ""}, "empty"),
        ("regressor", {"validation/a.csv": "1,2\n"}, "Channel 'train' is missing"),
        ("regressor", {"train/a.csv": "1,2\n", "eval/a.csv": "1,2\n"}, "nothing reads it"),
    ],
)
def test_a_job_that_cannot_be_done_says_why(predictor, files, message, processes):
    failed = job(processes, predictor, files)

    assert failed.exit == 2
    assert re.search(message, failed.failure), failed.failure
    assert not (failed.base / "model").exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [({"optimizer": "adagrad"}, "optimizer: got 'adagrad'"), ({"eta": "1"}, "eta: there is no")],
)
def test_refused_hyperparameters_are_in_the_failure_file(given, message, processes):
    failed = job(processes, **given)

    assert failed.exit == 2
    assert message in failed.failure


def test_a_diverging_job_says_what_to_do(processes):
    failed = job(
        processes,
        num_models="1",
        optimizer="sgd",
        learning_rate="1e20",
        normalize_label="false",
    )

    assert failed.exit == 2
    assert "Training diverged" in failed.failure


def test_warns_of_data_sorted_by_label(processes):
    rows = binary_rows()
    order = np.argsort(rows.labels)
    ordered = np.column_stack([rows.labels, rows.features])[order]

    sorted_job = job(processes, "binary_classifier", {"train/a.csv": csv_of(ordered)})

    assert "seems to be sorted by label" in sorted_job.log
    assert "seems to be sorted by label" not in job(processes, "binary_classifier").log


def test_several_instances_are_refused(processes):
    failed = processes.train(
        {"predictor_type": "regressor"},
        {"train/a.csv": table(regression_rows())},
        LABELLED_CSV_CHANNEL,
        resources={"hosts": ["algo-1", "algo-2"], "current_host": "algo-1"},
    )

    assert "Training on 2 instances is not supported" in failed.failure


MODELS = {
    "regressor": LinearModel(
        "regressor", "squared_loss", np.array([[2.0], [0.5]]), np.array([1.0])
    ),
    "binary_classifier": LinearModel(
        "binary_classifier", "logistic", np.array([[1.0], [0.0]]), np.array([0.0]), 0.7
    ),
    "hinge": LinearModel(
        "binary_classifier", "hinge_loss", np.array([[1.0], [0.0]]), np.array([0.0]), 0.5
    ),
    "multiclass_classifier": LinearModel(
        "multiclass_classifier", "softmax_loss", np.array([[0, 1.0, 0], [0, 0, 1.0]]), np.zeros(3)
    ),
}

#: What the models above answer to the row 1, 0.
PREDICTIONS = {
    "regressor": {"score": 3.0},
    "binary_classifier": {"score": float(np.float32(1 / (1 + np.exp(-1)))), "predicted_label": 1},
    "hinge": {"score": 1.0, "predicted_label": 1},
    "multiclass_classifier": {
        "score": [float(np.float32(it)) for it in np.exp([0, 1, 0]) / np.exp([0, 1, 0]).sum()],
        "predicted_label": 1,
    },
}


@pytest.fixture(scope="session")
def endpoints(processes, tmp_path_factory):
    started = {}

    def endpoint(name):
        if name not in started:
            base = tmp_path_factory.mktemp("served")
            MODELS[name].save(base / "model")
            started[name] = processes.serve(base)
        return started[name]

    return endpoint


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", b"1,0\n1,0\n"),
        ("text/csv;label_size=0", b"1.0,0.0\n1,0"),
        ("application/json", b'{"instances": [{"features": [1, 0]}, {"features": [1.0, 0]}]}'),
        (
            "application/json",
            b'{"instances": [{"data": {"features": {"values": [1, 0]}}},'
            b'{"data": {"features": {"keys": [0], "shape": [2], "values": [1]}}}]}',
        ),
        ("application/jsonlines", b'{"features": [1, 0]}\n{"features": [1, 0]}\n'),
        ("application/x-recordio-protobuf", encode_rows(np.array([[1, 0], [1, 0]]))),
    ],
)
def test_answers_each_request_format(model, content_type, body, endpoints):
    status, answer_type, answer = endpoints(model).invoke(content_type, body)

    assert (status, answer_type) == (200, "application/json"), answer
    assert json.loads(answer) == {"predictions": [PREDICTIONS[model]] * 2}


@pytest.mark.parametrize("model", MODELS)
def test_answers_in_json_lines(model, endpoints):
    status, _, answer = endpoints(model).invoke("text/csv", "1,0\n1,0\n", "application/jsonlines")

    assert status == 200
    assert [json.loads(line) for line in answer.splitlines()] == [PREDICTIONS[model]] * 2


def test_answers_in_recordio(endpoints):
    for name, expected in PREDICTIONS.items():
        status, answer_type, answer = endpoints(name).invoke(
            "text/csv", "1,0\n", "application/x-recordio-protobuf"
        )

        assert (status, answer_type) == (200, "application/x-recordio-protobuf")
        assert label_tensors(answer) == {
            key: np.atleast_1d(value).tolist() for key, value in expected.items()
        }


def label_tensors(record):
    """The label map of one record; its features are looked at by decode_records."""
    from sagemaker_contract.record_wire import fields, frames

    with pytest.raises(ValueError, match="no feature tensor"):
        decode_records(record)
    tensors = {}
    for number, entry in fields(next(frames(record))):
        assert number == 2
        name, value = (content for _, content in fields(entry))
        ((_, tensor),) = fields(value)
        ((_, numbers),) = fields(tensor)
        tensors[name.decode()] = np.frombuffer(numbers, "<f4").tolist()
    return tensors


@pytest.mark.parametrize(
    ("content_type", "body", "status", "message"),
    [
        ("text/csv", "1,0,3", 400, "got 3 features a row, the model was trained on 2"),
        ("text/csv", "1", 400, "got 1 features"),
        ("text/csv", "1,nan", 400, "finite"),
        ("text/csv", "1,x", 400, "row 1, column 2"),
        ("text/csv", "1,2\n1", 400, "columns"),
        ("text/csv", "", 400, "body is empty"),
        ("application/json", '{"instances": [', 400, "no JSON"),
        ("application/json", '{"rows": []}', 400, '"instances"'),
        ("application/json", '{"instances": []}', 400, "no row"),
        ("application/json", '{"instances": [{"features": [1, null]}]}', 400, "got null"),
        ("application/jsonlines", '{"features": [1, "2"]}', 400, "must be a number"),
        ("application/x-recordio-protobuf", "nonsense", 400, "recordio"),
        ("text/libsvm", "1 0:1", 415, "text/csv"),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(
    content_type, body, status, message, endpoints
):
    answer = endpoints("regressor").invoke(content_type, body)

    assert answer[0] == status
    assert message in answer[2].decode()


def test_other_answers_than_it_can_give_are_refused(endpoints):
    status, _, answer = endpoints("regressor").invoke("text/csv", "1,0", "image/png")

    assert status == 406
    assert b"application/jsonlines" in answer


def test_serves_the_model_that_a_job_left(processes):
    rows = multiclass_rows()
    trained = job(processes, "multiclass_classifier")

    endpoint = processes.serve(trained.base)
    status, _, answer = endpoint.invoke("text/csv", csv_of(rows.features))

    assert endpoint.request("GET", "/ping")[0] == 200
    predicted = [it["predicted_label"] for it in json.loads(answer)["predictions"]]
    assert status == 200
    assert np.mean(predicted == rows.labels) > 0.8


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_never_listens_without_a_model_of_its_own(content, processes, tmp_path):
    (tmp_path / "model").mkdir()
    if content is not None:
        (tmp_path / "model" / "linear-learner.npz").write_bytes(content)

    endpoint = processes.serve(tmp_path)

    assert endpoint.port is None
    assert endpoint.exit_code() == 3
    assert "linear-learner.npz" in (tmp_path / "serve-log").read_text()


def test_trains_from_standby(processes):
    base = processes.lay_out(
        {"predictor_type": "regressor", "num_models": "1"},
        {"train/a.csv": table(regression_rows())},
        {"train": LABELLED_CSV_CHANNEL},
    )
    worker = processes.start_module("train", "--standby")
    assert worker.stdout.readline() == "standby\n"

    output, errors = worker.communicate(json.dumps({"baseDir": str(base), "env": {}}) + "\n", 30)

    assert worker.returncode == 0, errors
    assert "train mse <loss>" in output
    assert load_model(base / "model").feature_dim == 2
