"""What the processes of a container do between their start and their end."""

import http.client
import json
import signal
import subprocess
from pathlib import Path

import pytest
from started_modules import started_modules

CONTRACT = Path(__file__).parents[3] / "local" / "containers" / "contract"


@pytest.fixture
def start():
    yield from started_modules("example_container", [str(Path(__file__).parent), str(CONTRACT)])


@pytest.fixture
def base(tmp_path):
    """A job of three rows, and the model that it would leave."""
    config, channel = tmp_path / "input" / "config", tmp_path / "input" / "data" / "train"
    config.mkdir(parents=True)
    channel.mkdir(parents=True)
    (channel / "a.csv").write_text("1,0,0\n2,0,0\n6,0,0\n")
    settings = {"train": {"ContentType": "text/csv", "TrainingInputMode": "File"}}
    (config / "inputdataconfig.json").write_text(json.dumps(settings))
    (config / "hyperparameters.json").write_text("{}")
    return tmp_path


def give(base, **hyperparameters):
    (base / "input" / "config" / "hyperparameters.json").write_text(json.dumps(hyperparameters))


def serve(start, base, **environment):
    (base / "model").mkdir()
    (base / "model" / "mean").write_text("3.0")
    process = start(
        "serve", SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0", **environment
    )
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return process, json.loads(line)["listening"]


def request(port, method, path, body=b"", headers=None, chunked=False):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        content = iter([body]) if chunked else body
        connection.request(method, path, content, headers or {}, encode_chunked=chunked)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_trains_the_job_below_its_base_folder(start, base):
    worker = start("train", SAGEMAKER_BASE_DIR=str(base))

    assert worker.wait(30) == 0, worker.stderr.read()
    assert (base / "model" / "mean").read_text() == "3.0"
    assert not (base / "output" / "failure").exists()


def test_trains_the_job_that_it_stood_by_for(start, base):
    worker = start("train", "--standby")
    assert worker.stdout.readline() == "standby\n"

    worker.communicate(json.dumps({"baseDir": str(base), "env": {}}) + "\n", timeout=30)

    assert worker.returncode == 0
    assert (base / "model" / "mean").exists()


@pytest.mark.parametrize("module", ["train", "serve"])
def test_ends_quietly_when_nobody_needs_it_any_more(module, start):
    worker = start(module, "--standby")
    assert worker.stdout.readline() == "standby\n"

    worker.stdin.close()

    assert worker.wait(20) == 0


@pytest.mark.parametrize("module", ["train", "serve"])
def test_says_which_variable_is_missing(module, start):
    worker = start(module)

    assert worker.wait(20) == 1
    assert "SAGEMAKER_BASE_DIR is not set" in worker.stderr.read()


def test_what_the_user_can_mend_is_a_sentence_with_exit_status_2(start, base):
    (base / "input" / "data" / "train" / "a.csv").write_text("1,x,0\n")

    worker = start("train", SAGEMAKER_BASE_DIR=str(base))

    assert worker.wait(30) == 2
    failure = (base / "output" / "failure").read_text()
    assert failure.startswith("Channel 'train', file a.csv, row 1, column 2: got 'x'")
    assert "Traceback" not in failure


def test_other_failures_come_with_their_traceback_and_exit_status_1(start, base):
    give(base, fail="true")

    worker = start("train", SAGEMAKER_BASE_DIR=str(base))

    assert worker.wait(30) == 1
    failure = (base / "output" / "failure").read_text()
    assert "Traceback" in failure
    assert failure.endswith("\nthe algorithm broke")
    assert "Reporting training FAILURE" in worker.stderr.read()


def test_a_stopped_job_leaves_what_it_asked_to_leave(start, base):
    give(base, wait="true")
    worker = start("train", SAGEMAKER_BASE_DIR=str(base))
    assert worker.stdout.readline() == "waiting\n"

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(20) == 0
    assert (base / "model" / "stopped").exists()


def test_answers_ping_predictions_and_what_a_transform_asks_for(start, base):
    _, port = serve(start, base)

    assert request(port, "GET", "/ping")[0] == 200
    status, body = request(port, "POST", "/invocations", b"1,2\n", {"Content-Type": "text/csv"})
    assert (status, json.loads(body)) == (200, {"predictions": [{"score": 3.0}]})
    status, body = request(port, "GET", "/execution-parameters")
    assert (status, json.loads(body)["MaxPayloadInMB"]) == (200, 6)
    assert request(port, "GET", "/invocations")[0] == 405
    assert request(port, "GET", "/other")[0] == 404


@pytest.mark.parametrize("chunked", [False, True])
def test_refuses_bodies_above_the_limit(chunked, start, base):
    _, port = serve(start, base, MAX_CONTENT_LENGTH="8")
    headers = {"Content-Type": "text/csv"}

    assert request(port, "POST", "/invocations", b"1.0,2.00", headers, chunked)[0] == 200
    assert request(port, "POST", "/invocations", b"1.0,2.000", headers, chunked)[0] == 413


@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL])
def test_serves_until_sigterm(stdin, start, base):
    (base / "model").mkdir()
    (base / "model" / "mean").write_text("1")
    worker = start("serve", stdin=stdin, SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0")
    assert "listening" in worker.stdout.readline()

    worker.terminate()

    assert worker.wait(20) == 0


def test_serves_until_its_input_closes(start, base):
    worker, _ = serve(start, base)

    worker.stdin.close()

    assert worker.wait(20) == 0


@pytest.mark.parametrize("environment", [{}, {"SAGEMAKER_MULTI_MODEL": "true"}])
def test_never_listens_without_a_model_or_for_several(environment, start, base):
    if environment:
        (base / "model").mkdir()
        (base / "model" / "mean").write_text("1")

    worker = start("serve", SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0", **environment)

    output, errors = worker.communicate(timeout=20)
    assert (worker.returncode, output) == (3, "")
    assert ("Multi-model" if environment else "FileNotFoundError") in errors
