"""How the rest of the project starts and ends the workers."""

import json
import signal
import subprocess
import urllib.request

import pytest
import xgboost as xgb
from conftest import PYTHONPATH
from jobs import ROWS, binary_job
from started_modules import started_modules


@pytest.fixture
def start():
    yield from started_modules("xgboost_container", PYTHONPATH)


def assign(process, base, **environment):
    process.stdin.write(json.dumps({"baseDir": str(base), "env": environment}) + "\n")
    process.stdin.flush()


def test_trains_the_job_that_it_stood_by_for(start, workers):
    base = workers.lay_out(binary_job())
    worker = start("train", "--standby")
    assert worker.stdout.readline() == "standby\n"

    assign(worker, base)

    assert worker.wait(30) == 0
    assert "[1]\ttrain-logloss:0.55436\n" in worker.stdout.read()
    assert (base / "model" / "xgboost-model").exists()


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


def test_serves_from_standby_until_its_input_closes(start, workers):
    base = workers.trained("train/ok_csv_train_validation").base
    worker = start("serve", "--standby")
    assert worker.stdout.readline() == "standby\n"

    assign(worker, base, SAGEMAKER_BIND_TO_PORT="0", SAGEMAKER_INFERENCE_OUTPUT="predicted_label")
    port = json.loads(worker.stdout.readline())["listening"]

    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/invocations", b"2,21", {"Content-Type": "text/csv"}
    )
    with urllib.request.urlopen(request) as response:
        assert response.read() == b"1"
    worker.stdin.close()
    assert worker.wait(20) == 0


@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL])
def test_serves_until_sigterm(stdin, start, workers):
    base = workers.trained("train/ok_csv_train_validation").base
    worker = start("serve", stdin=stdin, SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0")
    port = json.loads(worker.stdout.readline())["listening"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/ping") as response:
        assert response.status == 200

    worker.terminate()

    assert worker.wait(20) == 0


def test_never_listens_with_a_bad_model(start, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "xgboost-model").write_bytes(b"not a model")

    worker = start("serve", SAGEMAKER_BASE_DIR=str(tmp_path), SAGEMAKER_BIND_TO_PORT="0")

    output, errors = worker.communicate(timeout=20)
    assert worker.returncode == 3
    assert output == ""
    assert "Model xgboost-model cannot be loaded" in errors


@pytest.mark.parametrize("kept", [True, False])
def test_keeps_the_model_of_a_stopped_job_only_where_asked_to(kept, start, workers):
    rows = ROWS * 500
    given = binary_job(
        {"train/t.csv": rows}, num_round="100000", save_model_on_termination=str(kept).lower()
    )
    base = workers.lay_out(given)
    worker = start("train", SAGEMAKER_BASE_DIR=str(base))
    while not worker.stdout.readline().startswith("[5]\t"):
        assert worker.poll() is None, worker.stderr.read()

    worker.terminate()
    output, _ = worker.communicate(timeout=30)

    failure = base / "output" / "failure"
    assert not failure.exists(), failure.read_text()
    if kept:
        assert worker.returncode == 0
        assert [path.name for path in (base / "model").iterdir()] == ["xgboost-model"]
        model = xgb.Booster(model_file=base / "model" / "xgboost-model")
        assert model.num_boosted_rounds() >= 5
    else:
        assert worker.returncode == -signal.SIGTERM
        assert not (base / "model").exists() or not list((base / "model").iterdir())
