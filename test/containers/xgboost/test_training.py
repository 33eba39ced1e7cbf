"""What training does beyond the recorded cases: refusals, file layouts, threads, folds."""

import json

import pytest
from jobs import ROWS, binary_job


@pytest.mark.parametrize(
    ("hyperparameters", "message"),
    [
        ({"num_round": None}, "Missing required hyperparameter: num_round"),
        ({"eta": "1.5"}, "Hyperparameter eta: 1.5 is not in [0, 1]"),
        ({"objective": "binary:foo"}, "Hyperparameter objective: binary:foo is not in ['aft_loss_"),
        ({"objective": "reg:squarederror", "eval_metric": "auc"}, "Metric 'auc' can only be"),
        ({"monotone_constraints": "(1,-1)"}, "monotone_constraints can be used only when the tree"),
        ({"num_class": "2"}, "XGB train call failed with exception:\n "),
        ({"seed": "-2147483648"}, "is not in (-2147483648, 2147483647)"),
        ({"updater": "shotgun"}, "Tree updater should be selected from these options"),
        (
            {"sagemaker_program": "train.py"},
            "Script mode (hyperparameter sagemaker_program) is not",
        ),
        ({"tree_method": "gpu_hist"}, "Training on GPUs is not supported by the local container"),
    ],
)
def test_names_the_hyperparameter_that_is_wrong(hyperparameters, message, workers):
    job = workers.train(binary_job(**hyperparameters))

    assert job.exit == 1
    assert message in (job.base / "output" / "failure").read_text()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"channel": {"TrainingInputMode": "Pipe"}},
            "TrainingInputMode Pipe of channel 'train' is not",
        ),
        ({"channel": {"TrainingInputMode": "FastFile"}}, "'TrainingInputMode': 'FastFile'"),
        (
            {"channel": {"ContentType": "text/libsvm"}},
            "First line '0,1,10\n...' of file 't.csv' is not 'LIBSVM' format.",
        ),
        (
            {"files": {"train/_SUCCESS": ""}},
            "No data in training channel path /opt/ml/input/data/train",
        ),
    ],
)
def test_names_what_is_wrong_with_a_channel(change, message, workers):
    job = workers.train(binary_job(**change))

    assert job.exit == 1
    assert message in (job.base / "output" / "failure").read_text()


def test_says_what_aws_says_without_a_train_channel(workers):
    given = binary_job()
    given["inputdataconfig"] = {"validation": given["inputdataconfig"]["train"]}

    job = workers.train(given)

    assert job.exit == 1
    assert (job.base / "output" / "failure").read_text().endswith("\n\n'SM_CHANNEL_TRAIN'")


def test_refuses_several_instances_by_name(workers):
    given = binary_job()
    given["resourceconfig"] = {"hosts": ["algo-1", "algo-2"], "current_host": "algo-1"}

    job = workers.train(given)

    assert job.exit == 1
    assert "Training on 2 instances is not supported" in (job.base / "output/failure").read_text()


def test_exits_with_the_number_of_an_operating_system_error(workers):
    base = workers.lay_out(binary_job())
    (base / "input" / "config" / "hyperparameters.json").unlink()

    assert workers.train_in(base).exit == 2


def test_reads_part_files_in_order_and_passes_over_markers(workers):
    lines = ROWS.splitlines(keepends=True)
    parts = {
        "train/_SUCCESS": "",
        "train/part-00000.csv": "".join(lines[:5]),
        "train/part-00001.csv": "".join(lines[5:]),
    }

    split = workers.train(binary_job(files=parts))
    whole = workers.train(binary_job())

    assert split.exit == 0, split.stderr
    assert (split.base / "model/xgboost-model").read_bytes() == (
        (whole.base / "model/xgboost-model").read_bytes()
    )


def test_trains_the_same_model_with_one_thread_and_with_two(workers):
    rows = "".join(f"{n % 2},{n * 37 % 101},{n * 53 % 97},{n * 11 % 89}\n" for n in range(5000))

    models = []
    for threads in (None, "1", "2"):
        job = workers.train(binary_job({"train/t.csv": rows}, num_round="5", nthread=threads))
        models.append((job.base / "model" / "xgboost-model").read_bytes())

    assert models[0] == models[1] == models[2]


def test_averages_folds_after_each_repeat(workers):
    rows = "".join(f"{n % 2},{n * 37 % 101},{n % 2 + n * 53 % 3}\n" for n in range(60))

    job = workers.train(binary_job({"train/t.csv": rows}, _kfold="3", _num_cv_round="2"))

    assert job.exit == 0, job.stderr
    assert [line.split("\t")[0] for line in job.stdout.splitlines() if line[0] == "["] == (
        ["[0]", "[1]"] * 3 + ["[2]"]
    ) * 2
    predictions = (job.base / "output/data/predictions.csv").read_text().splitlines()
    assert len(predictions) == 60
    assert {line.split(",")[0] for line in predictions} == {"0.000000", "1.000000"}
    assert all(json.loads(f"[{line}]")[2] in (0, 1) for line in predictions)
